import type { Language } from '../i18n/language.ts'
import { fold } from '../shell/fuzzy.ts'
import { canvasDrawing, drawnVersion } from './drawn.ts'
import { shapeOf } from './tone.ts'

/** The picker's categories, in the order of Unicode. */
export type EmojiCategory =
  | 'smileys'
  | 'people'
  | 'nature'
  | 'food'
  | 'travel'
  | 'activities'
  | 'objects'
  | 'symbols'
  | 'flags'

export interface Emoji {
  /** As it is sent: without a skin tone. */
  emoji: string
  /** Whether it comes in skin tones: see `withTone`. */
  hasTones: boolean
  /** The version of Unicode's emoji that it came with, where that is young: see `drawnVersion`. */
  version: number
  /** Shortcodes without colons, the usual one first. */
  codes: readonly string[]
  /** In the reader's language. */
  name: string
  /** The name's own words and then others, folded: what a search looks at. */
  words: readonly string[]
}

export interface EmojiTable {
  categories: readonly { name: EmojiCategory; emoji: readonly Emoji[] }[]
  all: readonly Emoji[]
  /** By `shapeOf`: in whatever skin tone. */
  byShape: ReadonlyMap<string, Emoji>
}

/**
 * The three texts of `data/` put together; they have a line an emoji in one order. What is younger than
 * `newest` is left out.
 */
export function readTable(
  emoji: string,
  codes: string,
  names: string,
  newest = Infinity,
): EmojiTable {
  const codeLines = codes.split('\n')
  const nameLines = names.split('\n')
  let line = 0
  const categories = emoji.split('\n').map((text) => {
    const [name = '', ...signs] = text.split(' ')
    const entries = signs.map((sign) => readEmoji(sign, codeLines[line], nameLines[line++]))
    // The script that writes the file names the categories of the type.
    return {
      name: name as EmojiCategory,
      emoji: entries.filter(({ version }) => version <= newest),
    }
  })
  const all = categories.flatMap((category) => category.emoji)
  return { categories, all, byShape: new Map(all.map((entry) => [shapeOf(entry.emoji), entry])) }
}

function readEmoji(sign: string, codes = '', names = ''): Emoji {
  const [shape = '', version = '0'] = sign.split('~')
  const hasTones = shape.endsWith('+')
  const [name = '', ...more] = names.split('|')
  return {
    emoji: hasTones ? shape.slice(0, -1) : shape,
    hasTones,
    version: Number(version),
    codes: codes === '' ? [] : codes.split(' '),
    name,
    words: [...fold(name).split(/[\s:,-]+/), ...more.map(fold)],
  }
}

const names: Record<Language, () => Promise<{ default: string }>> = {
  en: () => import('./data/names-en.ts'),
  de: () => import('./data/names-de.ts'),
  ar: () => import('./data/names-ar.ts'),
}
const tables = new Map<Language, Promise<EmojiTable>>()

/**
 * All emoji that this system draws with their names in a language, loaded once from this server (about 45 KB). What could not
 * be loaded is asked for again by the next call.
 */
export function loadEmoji(language: Language): Promise<EmojiTable> {
  let table = tables.get(language)
  if (!table) {
    table = loadTable(language)
    tables.set(language, table)
    table.catch(() => tables.delete(language))
  }
  return table
}

async function loadTable(language: Language): Promise<EmojiTable> {
  const [emoji, codes, named] = await Promise.all([
    import('./data/emoji.ts'),
    import('./data/shortcodes.ts'),
    names[language](),
  ])
  return readTable(emoji.default, codes.default, named.default, drawnVersion(canvasDrawing()))
}

/** Shortcodes (`tada`, without colons) to emoji: the lazy part that texts with `:tada:` need, 20 KB. */
export async function loadShortcodes(): Promise<ReadonlyMap<string, string>> {
  const [emoji, codes] = await Promise.all([
    import('./data/emoji.ts'),
    import('./data/shortcodes.ts'),
  ])
  const { all } = readTable(emoji.default, codes.default, '')
  return new Map(all.flatMap((entry) => entry.codes.map((code) => [code, entry.emoji])))
}
