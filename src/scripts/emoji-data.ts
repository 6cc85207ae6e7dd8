import { join } from 'node:path'
import { root } from './commands.ts'
import { UsageError, readFlags, runScript } from './flags.ts'

/** One emoji in Unicode's order, with all that the picker knows of it. */
interface Entry {
  emoji: string
  hasTones: boolean
  /** Of Unicode's emoji, when it came. */
  version: string
  codes: readonly string[]
}

interface Category {
  name: string
  emojis: { emoji: string; skin_tone_support: boolean; emoji_version: string }[]
}
type Annotations = Record<string, { default?: string[]; tts?: string[] }>

const categories = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const
const languages = ['en', 'de', 'ar'] as const
/** What came since is told from older ones: not every system draws it yet. */
const youngFrom = 13

/** The sources differ in where they write the selector that asks for colour. */
const keyOf = (emoji: string): string => emoji.replaceAll('\uFE0F', '')

const signOf = ({ emoji, hasTones, version }: Entry): string =>
  emoji + (hasTones ? '+' : '') + (Number(version) >= youngFrom ? `~${version}` : '')

const fromHex = (hex: string): string =>
  String.fromCodePoint(...hex.split('-').map((point) => Number.parseInt(point, 16)))

/**
 * Makes `web/emoji/data` from the packages that hold Unicode's tables. They weigh 200 MB and change once
 * a year, so they are no dependencies: install them anywhere, name the folder, commit what comes out.
 */
await runScript(async () => {
  const flags = readFlags('bun src/scripts/emoji-data.ts --packages FOLDER', {
    packages: {
      value: 'FOLDER',
      about:
        'node_modules with unicode-emoji-json, emojibase-data, cldr-annotations-full and cldr-annotations-derived-full',
    },
  })
  const read = async <T>(path: string): Promise<T> => {
    const file = Bun.file(join(flags.text('packages'), path))
    if (!(await file.exists())) throw new UsageError(`There is no ${path} in that folder`)
    // The packages' own formats; what is missing shows in the tests of the data.
    return (await file.json()) as T
  }
  const write = async (name: string, about: string, lines: readonly string[]): Promise<void> => {
    const text = lines.join('\n')
    if (/[`\\$]/.test(text)) throw new UsageError(`${name} would not fit a template literal`)
    const head = `// ${about}\n// Made by src/scripts/emoji-data.ts; not to be edited.\n`
    const path = join(root, 'web/emoji/data', `${name}.ts`)
    await Bun.write(path, `${head}export default \`${text}\`\n`)
    console.log(`${name}: ${lines.length} lines`)
  }

  const groups = await read<Category[]>('unicode-emoji-json/data-by-group.json')
  const codes = new Map<string, string[]>()
  for (const source of ['iamcal', 'github', 'emojibase']) {
    const told = await read<Record<string, string | string[]>>(
      `emojibase-data/en/shortcodes/${source}.json`,
    )
    for (const [hex, names] of Object.entries(told)) {
      const held = codes.get(keyOf(fromHex(hex))) ?? []
      codes.set(keyOf(fromHex(hex)), [...held, ...[names].flat()])
    }
  }
  const taken = new Set<string>()
  const entries = groups.map((group) =>
    group.emojis.map(({ emoji, skin_tone_support: hasTones, emoji_version: version }): Entry => {
      // A code means one emoji: whoever comes first has it.
      const own = [...new Set(codes.get(keyOf(emoji)))].filter((code) => !taken.has(code))
      for (const code of own) taken.add(code)
      return { emoji, hasTones, version, codes: own.slice(0, 4) }
    }),
  )
  const all = entries.flat()
  if (groups.length !== categories.length) throw new UsageError('Unicode has other categories now')

  await write(
    'emoji',
    'Emoji in the order of Unicode (unicode-emoji-json, MIT), a line a category; + takes skin tones, ~ is when it came.',
    entries.map((group, at) => [categories[at], ...group.map(signOf)].join(' ')),
  )
  await write(
    'shortcodes',
    'Shortcodes as Slack, GitHub and Discord have them (emojibase-data, MIT), a line an emoji.',
    all.map((entry) => entry.codes.join(' ')),
  )
  for (const language of languages) {
    const plain = await read<{ annotations: { annotations: Annotations } }>(
      `cldr-annotations-full/annotations/${language}/annotations.json`,
    )
    const derived = await read<{ annotationsDerived: { annotations: Annotations } }>(
      `cldr-annotations-derived-full/annotationsDerived/${language}/annotations.json`,
    )
    const told = new Map(
      [
        ...Object.entries(plain.annotations.annotations),
        ...Object.entries(derived.annotationsDerived.annotations),
      ].map(([emoji, note]) => [keyOf(emoji), note]),
    )
    await write(
      `names-${language}`,
      `Names and words of the emoji in the order of emoji.ts (Unicode CLDR, Unicode License v3): name|word|word`,
      all.map(({ emoji }) => {
        const note = told.get(keyOf(emoji))
        const name = note?.tts?.[0]
        if (name === undefined) throw new UsageError(`CLDR has no ${language} name for ${emoji}`)
        const inName = new Set(name.toLowerCase().split(/\s+/))
        const words = (note?.default ?? []).filter((word) => !inName.has(word.toLowerCase()))
        return [name, ...words.filter((word) => word !== name)].join('|')
      }),
    )
  }
})
