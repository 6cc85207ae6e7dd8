import { expect, test } from 'bun:test'
import { wordsOf } from './links.ts'
import { isOnlyEmoji } from './big-emoji.ts'
import type { Inline } from './nodes.ts'
import { parseMarkdown } from './parse.ts'

const text = (words: string): Inline => ({ type: 'text', text: words })

/** The inlines of a text that is one paragraph. */
function inlines(source: string): Inline[] {
  const [block, ...others] = parseMarkdown(source)
  if (block?.type !== 'paragraph' || others.length > 0) throw new Error('not one paragraph')
  return block.children
}

test('words without markup are one text', () => {
  expect(inlines('See you at 10:30, well-known place (the usual)')).toEqual([
    text('See you at 10:30, well-known place (the usual)'),
  ])
})

test('a newline breaks the line, a blank line the paragraph, with and without markup', () => {
  expect(inlines('a\nb')).toEqual([text('a'), { type: 'break' }, text('b')])
  expect(inlines('a\n*b*')[1]).toEqual({ type: 'break' })
  expect(parseMarkdown('a\n\nb')).toHaveLength(2)
  expect(parseMarkdown('a\n\n*b*')).toHaveLength(2)
})

test('bold, italic, strikethrough and code', () => {
  expect(inlines('**b**_i_ ~~s~~`<c>`').map((node) => node.type)).toEqual([
    'strong',
    'emphasis',
    'text',
    'strike',
    'code',
  ])
  expect(inlines('*i*')).toEqual([{ type: 'emphasis', children: [text('i')] }])
  expect(inlines('snake_case_name')).toEqual([text('snake_case_name')])
})

test('a fence keeps its text and names its language', () => {
  expect(parseMarkdown('```ts title=x\n<b>  @ada\n```')).toEqual([
    { type: 'code_block', language: 'ts', text: '<b>  @ada' },
  ])
})

test('lists nest, keep their first number, and show tasks as boxes', () => {
  const [list] = parseMarkdown('3. a\n4. b\n   - c')
  expect(list).toMatchObject({ type: 'list', ordered: true, start: 3 })
  expect(JSON.stringify(list)).toContain('"ordered":false')
  expect(parseMarkdown('- [x] done\n- [ ] **open**\n- none')).toMatchObject([
    {
      items: [
        { checked: true, children: [{ children: [text('done')] }] },
        { checked: false, children: [{ children: [{ type: 'strong' }] }] },
        { checked: null, children: [{ children: [text('none')] }] },
      ],
    },
  ])
})

test('quotes hold blocks', () => {
  expect(parseMarkdown('> a\n> - b')).toMatchObject([
    { type: 'quote', children: [{ type: 'paragraph' }, { type: 'list' }] },
  ])
})

test('a heading is a bold line, a lone # is itself', () => {
  expect(inlines('## Plan')).toEqual([{ type: 'strong', children: [text('Plan')] }])
  expect(inlines('#')).toEqual([text('#')])
})

test('mentions and rooms are nodes; an address or code is not one', () => {
  expect(inlines('hi @Ada.L, see #team-ünder')).toEqual([
    text('hi '),
    { type: 'mention', handle: 'ada.l', text: '@Ada.L' },
    text(', see '),
    { type: 'room', slug: 'team-ünder', text: '#team-ünder' },
  ])
  expect(JSON.stringify(parseMarkdown('ada@example.com `@ada`'))).not.toContain('"mention"')
  expect(JSON.stringify(parseMarkdown('**@ada**'))).toContain('"mention"')
})

test('a shortcode is a node, also several in a row; times, paths and code are none', () => {
  const emoji = (code: string): Inline => ({ type: 'emoji', code, text: `:${code}:` })
  expect(inlines('well :tada: done :+1::heart_eyes:')).toEqual([
    text('well '),
    emoji('tada'),
    text(' done '),
    emoji('+1'),
    emoji('heart_eyes'),
  ])
  expect(inlines('**:tada:** (:smile:)')).toMatchObject([
    { type: 'strong', children: [emoji('tada')] },
    text(' ('),
    emoji('smile'),
    text(')'),
  ])
  for (const source of ['10:30:15', 'std::vec::Vec', 'a:b:c', ': x :', ':)', 'http://a.b:80:x'])
    expect(JSON.stringify(parseMarkdown(source))).not.toContain('"emoji"')
  expect(JSON.stringify(parseMarkdown('`:tada:`\n```\n:tada:\n```'))).not.toContain('"emoji"')
  expect(inlines('\\:tada:').map((node) => node.type)).toEqual(['text', 'text'])
})

test('a table has its cells, its head and how columns stand', () => {
  expect(parseMarkdown('a | **b** | c\n:-- | :-: | --:\n1 | [x](https://a.b) |\n')).toMatchObject([
    {
      type: 'table',
      align: ['start', 'center', 'end'],
      head: [[text('a')], [{ type: 'strong' }], [text('c')]],
      rows: [[[text('1')], [{ type: 'link', href: 'https://a.b/' }], []]],
    },
  ])
})

test('a table of more than 20 columns or 100 rows stays text: it would be millions of cells', () => {
  const wide = (columns: number, rows: number) =>
    `${'a|'.repeat(columns)}\n${'-|'.repeat(columns)}\n${'x\n'.repeat(rows)}`
  expect(parseMarkdown(wide(20, 100))[0]?.type).toBe('table')
  expect(parseMarkdown(wide(21, 3))[0]?.type).toBe('paragraph')
  expect(parseMarkdown(wide(2, 101))[0]?.type).toBe('paragraph')
})

test('one to three emoji and nothing else are shown large', () => {
  const known = (code: string) => ({ tada: '🎉' })[code]
  const isLarge = (source: string) => isOnlyEmoji(parseMarkdown(source), known)
  for (const source of ['🎉', '🎉🎉 🎉', ':tada:', ':tada: 👨‍👩‍👧‍👦', '👍🏽', '🇩🇪', '❤️', '1️⃣'])
    expect([source, isLarge(source)]).toEqual([source, true])
  for (const source of ['🎉🎉🎉🎉', 'a 🎉', ':nosuch:', '1', '#', '**🎉**', '', '🎉\n\n🎉', '> 🎉'])
    expect([source, isLarge(source)]).toEqual([source, false])
})

test('raw HTML and entities stay as they were typed', () => {
  for (const source of ['<b>x</b>', '<div>\n<p>', '&lt;b&gt; &amp; &#60;', '<!-- x -->'])
    expect(wordsOf(inlines(source)).replace(' ', '')).toBe(source.replace(/[\n ]/, ''))
})

test('an image becomes a link: reading a chat fetches nothing', () => {
  expect(inlines('![cat](https://example.com/cat.png)')).toEqual([
    {
      type: 'link',
      href: 'https://example.com/cat.png',
      children: [text('cat')],
      shownHost: null,
    },
  ])
})

test('a bare www address opens by https', () => {
  expect(inlines('www.example.com')).toMatchObject([{ href: 'https://www.example.com/' }])
})

const misleading: [source: string, host: string | null][] = [
  ['[example.com](https://example.com/x)', null],
  ['[www.example.com](https://example.com)', null],
  ['[the plan](https://example.com)', null],
  ['https://example.com/a.html', null],
  ['[example.com](https://evil.test)', 'evil.test'],
  ['[https://example.com/login](https://evil.test:8443)', 'evil.test:8443'],
  ['[**example.com**](https://evil.test)', 'evil.test'],
  ['[the plan](https://аррӏе.com)', 'xn--80ak6aa92e.com'],
  ['[bücher.example](https://bücher.example)', 'xn--bcher-kva.example'],
  ['[pay](https://example.com@evil.test)', 'evil.test'],
  ['[moc.elpmaxe\u202E](https://evil.test)', 'evil.test'],
]
for (const [source, host] of misleading)
  test(`security 44: ${source} shows ${host ?? 'no host'}`, () => {
    const [link] = inlines(source)
    expect(link).toMatchObject({ type: 'link', shownHost: host })
    expect(wordsOf(link ? [link] : [])).not.toMatch(/\p{Cf}/u)
  })
