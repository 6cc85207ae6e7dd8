import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { hostileTexts } from './hostile-texts.ts'
import { plainBlocks } from './mentions.ts'
import type { Block, Inline } from './nodes.ts'
import { parseMarkdown } from './parse.ts'

const types = new Set(
  'text strong emphasis strike code link mention room emoji break paragraph code_block quote list table rule'.split(
    ' ',
  ),
)

/** What is wrong with a tree: a node of no known type, a link elsewhere than allowed. */
function faults(blocks: readonly (Block | Inline)[], depth = 0): string[] {
  return blocks.flatMap((node) => {
    const found: string[] = []
    if (!types.has(node.type)) found.push(`type ${node.type}`)
    if (depth > 60) found.push('too deep')
    if (node.type === 'link') {
      if (!/^(?:https?:\/\/|mailto:)/.test(node.href)) found.push(`href ${node.href}`)
      if (URL.parse(node.href)?.href !== node.href) found.push(`not normal: ${node.href}`)
    }
    if (node.type === 'list')
      return [...found, ...node.items.flatMap((item) => faults(item.children, depth + 1))]
    if (node.type === 'table') {
      const cells = [node.head, ...node.rows]
      if (cells.some((row) => row.length !== node.align.length)) found.push('ragged')
      return [...found, ...cells.flat().flatMap((cell) => faults(cell, depth + 1))]
    }
    return 'children' in node ? [...found, ...faults(node.children, depth + 1)] : found
  })
}

test('security 41: at least 200 hostile texts give no HTML node and no forbidden scheme', () => {
  expect(new Set(hostileTexts).size).toBeGreaterThanOrEqual(200)
  for (const text of hostileTexts) expect([text, faults(parseMarkdown(text))]).toEqual([text, []])
})

test('the judge of trees sees a forbidden scheme and an unknown node', () => {
  const bad: Inline = { type: 'link', href: 'javascript:alert(1)', children: [], shownHost: null }
  expect(
    faults([{ type: 'quote', children: [{ type: 'paragraph', children: [bad] }] }]),
  ).toHaveLength(1)
})

const marks =
  '* ** _ ~~ ` ``` [ ]( ) ![ < > | \\ # @ & &amp; @ada #room https://a.b www.a.b a@b.c : --- ' +
  'javascript: data: alert(1) <script> <!-- \0 \u202E |a|b| |-|:-:| :tada: ::'
const spaced = [
  '\n',
  '\n\n',
  '  ',
  '\t',
  '- ',
  '1. ',
  '# ',
  '> ',
  '- [ ] ',
  '\n|-|-|\n',
  '| ',
  ' | ',
]
const pieces = fc.constantFrom(...marks.split(' '), ...spaced)
const marked = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }).map((all) => all.join(''))

test('security 41: no made-up text throws, makes an HTML node or a forbidden link', () => {
  fc.assert(
    fc.property(marked, (text) => faults(parseMarkdown(text)).length === 0),
    { numRuns: 2_000, seed: 41 },
  )
})

test('plain words come out alike with and without the lexer', () => {
  const words = fc.stringMatching(/^[a-z][a-z ,.'!?-]{0,20}[a-z]$/)
  const paragraphs = fc.array(fc.array(words, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(paragraphs, (parts) => {
      const text = parts.map((lines) => lines.join('\n')).join('\n\n')
      const lexed = parseMarkdown(`${text}\n\n**end**`).slice(0, -1)
      expect(lexed).toEqual(plainBlocks(text))
    }),
    { numRuns: 300, seed: 5 },
  )
})

const bare = '> * ** _ ~ ` [ ![ ]( < (( _a_ a@b. http://a.b/( \\ & []( <a # "'.split(' ')
const runs = [
  '| ',
  'a|b\n-|-\n',
  ':a:',
  ':',
  ...bare,
  '> ',
  '- ',
  '\n- ',
  '1. ',
  '**a ',
  '> - ',
  '***a __b ',
  '\t',
  ' \n',
]
for (const run of runs)
  test(`security 41: ${JSON.stringify(run)} ten thousand times neither throws nor hangs`, () => {
    for (const length of [1_400, 8_000, 10_000 * run.length]) {
      const start = performance.now()
      const blocks = parseMarkdown(run.repeat(Math.ceil(length / run.length)))
      // Measured under 40 ms; a quadratic or worse search takes seconds.
      expect(performance.now() - start).toBeLessThan(1_500)
      expect(faults(blocks)).toEqual([])
    }
  })
