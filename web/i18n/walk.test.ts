import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { expect, test } from 'bun:test'
import { en } from './en.ts'

const web = join(import.meta.dir, '..')

/** What of a node of swc's tree is read here; the rest of it is more of the same. */
interface Node {
  type: string
  value?: unknown
  name?: { value?: string }
  callee?: { value?: string; object?: { value?: string }; property?: { value?: string } }
  [child: string]: unknown
}

/** The sources of the client: no tests, no gallery of the design system, no tables of texts. */
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .filter(
    (name) => !/\.test\.tsx?$|^(?:e2e|i18n)\/|^ui\/gallery|hostile-texts|testing\.tsx?$/.test(name),
  )
  .map((name) => {
    const text = readFileSync(join(web, name), 'utf8')
    const tree = parseSync(text, { syntax: 'typescript', tsx: name.endsWith('.tsx') })
    // The tree is plain data of this shape.
    return { name, text, tree: tree as unknown as Node }
  })

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

/** Every node below `from`, not into those that `stop` names. */
function* below(from: unknown, stop: RegExp = /^$/): Generator<Node> {
  for (const child of Array.isArray(from) ? from : Object.values(Object(from))) {
    if (isNode(child)) {
      if (stop.test(child.type)) continue
      yield child
    }
    if (typeof child === 'object' && child !== null) yield* below(child, stop)
  }
}

const hasWords = (value: unknown): value is string =>
  typeof value === 'string' && /\p{L}{2}/u.test(value)

const spoken =
  /^(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label|hint)$/

test('every text is shown somewhere', () => {
  const everything = sources.map(({ text }) => text).join('\n')
  // A key made of pieces, `common.${status}`, stands for all that fit.
  const made = Array.from(everything.matchAll(/`([a-z]+\.\w*)\$\{/gi), ([, start]) => start ?? '')
  const unused = Object.entries(en).flatMap(([area, table]) =>
    Object.keys(table)
      .map((name) => `${area}.${name}`)
      .filter((key) => !new RegExp(`['"\`]${key.replace('.', '\\.')}['"\`]`).test(everything))
      .filter((key) => !made.some((start) => key.startsWith(start))),
  )
  expect(unused).toEqual([])
})

test('no component has a text of its own: all of them stand in the tables', () => {
  const own = sources.flatMap(({ name, tree }) =>
    Array.from(below(tree)).flatMap((node) => {
      if (node.type === 'JSXText' && hasWords(node.value)) return `${name}: ${node.value.trim()}`
      if (node.type !== 'JSXAttribute' || !spoken.test(node.name?.value ?? '')) return []
      const value = isNode(node.value) ? node.value.value : undefined
      return hasWords(value) ? `${name}: ${node.name?.value}="${value}"` : []
    }),
  )
  expect(own).toEqual([])
})

test('a text is asked for when it is shown: one kept from the start stays in the first language', () => {
  const later = /Function|Arrow|Method|Getter|Class/
  const kept = sources.flatMap(({ name, tree }) =>
    Array.from(below(tree, later)).flatMap(({ type, callee }) =>
      type === 'CallExpression' && /^(?:t|tNodes|format[A-Z]\w+)$/.test(callee?.value ?? '')
        ? `${name}: ${callee?.value}`
        : [],
    ),
  )
  expect(kept).toEqual([])
})

test('dates, numbers, lists and order follow the chosen language: format.ts asks Intl', () => {
  const past = sources.flatMap(({ name, text, tree }) =>
    // What `perLocale` makes is made again for another language.
    (text.includes('perLocale(') ? [] : Array.from(below(tree))).flatMap(({ type, callee }) => {
      if (type !== 'NewExpression' && type !== 'CallExpression') return []
      const asked = `${callee?.object?.value ?? ''}.${callee?.property?.value ?? ''}`
      return /^Intl\.(?!Segmenter)|\.toLocale(?:Date|Time)?String$/.test(asked)
        ? `${name}: ${asked}`
        : []
    }),
  )
  expect(past).toEqual([])
})

test('what the client says has the direction of the page: `dir="auto"` is for what people write', () => {
  const turned = sources.flatMap(({ name, text }) =>
    // The first name in a sentence would decide about all of it.
    Array.from(
      text.matchAll(/<\w+[^<>]*\sdir="auto"[^<>]*>\s*\{t\(\s*'([\w.]+)'/g),
      ([, key]) => `${name}: ${key}`,
    ),
  )
  expect(turned).toEqual([])
})
