import type { JSX } from 'solid-js'
import type { en } from './en.ts'
import { isolated } from './isolated.ts'
import { direction, language, locale, texts } from './language.ts'
import { perLocale } from './per-locale.ts'
import type { Plural } from './translation.ts'

type Tables = typeof en

/** `area.name` of every text there is. */
export type TextKey = {
  [Area in keyof Tables]: `${Area}.${Extract<keyof Tables[Area], string>}`
}[keyof Tables]

type TextOf<Key extends TextKey> = Key extends `${infer Area}.${infer Name}`
  ? Area extends keyof Tables
    ? Name extends keyof Tables[Area]
      ? Tables[Area][Name]
      : never
    : never
  : never

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

/** What a text needs to be told: the names in its braces; a plural always needs `count`. */
type Params<Text> = Text extends string
  ? Record<Names<Text>, string | number>
  : Text extends { other: infer Other }
    ? { count: number } & Record<Exclude<Names<Other>, 'count'>, string | number>
    : never

type Args<Text, Given = Params<Text>> = [keyof Given] extends [never] ? [] : [params: Given]

/** The text for `key`, in the reader's language; reactive, so call it where it is shown. */
export function t<Key extends TextKey>(key: Key, ...args: Args<TextOf<Key>>): string {
  const params: Record<string, string | number> = args[0] ?? {}
  return pattern(key, params).replace(/\{(\w+)\}/g, (_, name: string) => shown(params[name]))
}

/** Like `t`, with nodes in the places of the names: `tNodes('chats.joined', { name: <b>Ada</b> })`. */
export function tNodes<Key extends TextKey>(
  key: Key,
  nodes: Record<keyof Params<TextOf<Key>>, JSX.Element>,
): JSX.Element {
  // The names in the text are the keys of `nodes`, by the type of the parameter.
  const named = nodes as Record<string, JSX.Element>
  const pieces = pattern(key, named).split(/\{(\w+)\}/)
  return pieces.map((piece, index) => (index % 2 === 1 ? named[piece] : piece))
}

function pattern(key: TextKey, params: Record<string, unknown>): string {
  const [area = '', name = ''] = key.split('.')
  // Every area is a record of texts; the key's type says that both parts exist.
  const tables = texts() as Record<string, Record<string, string | Plural>>
  const text = tables[area]?.[name] ?? key
  if (typeof text === 'string') return text
  return text[plurals().select(Number(params['count']))] ?? text.other
}

const numbers = perLocale(locale, (name) => new Intl.NumberFormat(name))
const plurals = perLocale(language, (name) => new Intl.PluralRules(name))

const shown = (value: string | number | undefined): string =>
  typeof value === 'number' ? numbers().format(value) : isolated(value ?? '', direction())
