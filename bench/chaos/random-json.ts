/** Random JSON of the kind that breaks things: seeded, so that what broke something can be made again. */
export interface RandomJson {
  /** Objects of good fields but one, that holds each odd value in turn. Not random: none is left out. */
  oneWrong: (fields: Record<string, readonly unknown[]>) => string[]

  /** A value's text; mostly JSON. */
  text: () => string
  /** An object with some of `fields`, each with what it could hold, or with something else. */
  objectOf: (fields: Record<string, readonly unknown[]>) => string
  pick: <T>(from: readonly T[]) => T
  chance: (share: number) => boolean
}

const strings = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '\ufeff',
  '😀'.repeat(3),
  'é'.normalize('NFD'),
  "'; drop table chats; --",
  '%00%0a',
  '../../etc/passwd',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '0190b1f0-0000-7000-8000-000000000001',
  '00000000-0000-0000-0000-000000000000',
  '0190B1F0-0000-7000-8000-00000000000G',
  'null',
  'x'.repeat(65),
  'x'.repeat(8_001),
]
/** As texts: JSON.stringify would not write all of them. */
const numbers = [
  '0',
  '-0',
  '-1',
  '1',
  '1.5',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '2147483648',
  '9223372036854775808',
  '1e21',
]
/** Objects that look like something else to who asks for a length, a number or a text of them. */
const impostors = [
  '{"length":{"toString":1,"valueOf":1}}',
  '{"length":1e9}',
  '{"length":-1}',
  '{"toString":1,"valueOf":1}',
  '{"toJSON":{}}',
  '{"then":{}}',
  '{"size":1}',
]
const keys = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'type',
  'cid',
  'roomId',
  '\u0000',
]

export function createRandomJson(random: () => number): RandomJson {
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)]
    if (found === undefined) throw new Error('Nothing to pick from')
    return found
  }
  const chance = (share: number): boolean => random() < share

  const noise = (): string =>
    String.fromCharCode(...Array.from({ length: pick([1, 3, 20]) }, () => 1 + random() * 0xd000))

  const value = (depth: number): string => {
    const kind = depth <= 0 ? random() * 0.7 : random()
    if (kind < 0.07) return pick(['null', 'true', 'false'])
    if (kind < 0.1) return pick(impostors)
    if (kind < 0.3) return pick(numbers)
    if (kind < 0.7) return JSON.stringify(chance(0.8) ? pick(strings) : noise())
    const count = pick([0, 1, 2, 5])
    if (kind < 0.82) return `[${Array.from({ length: count }, () => value(depth - 1)).join()}]`
    const entry = (): string => `${JSON.stringify(pick(keys))}:${value(depth - 1)}`
    return `{${Array.from({ length: count }, entry).join()}}`
  }

  /** What is nearly JSON. */
  const broken = (text: string): string => {
    const at = Math.floor(random() * text.length)
    const way = random()
    if (way < 0.3) return text.slice(0, at)
    if (way < 0.6) return text.slice(0, at) + noise() + text.slice(at)
    if (way < 0.8) return text + text
    return pick(['[', '{"a":']).repeat(pick([10, 1_000, 5_000]))
  }

  const perhapsBroken = (text: string): string => (chance(0.1) ? broken(text) : text)

  const oddities = [...numbers, ...impostors, ...strings.map((text) => JSON.stringify(text))]

  return {
    pick,
    chance,
    oneWrong: (fields) =>
      Object.keys(fields).flatMap((wrong) =>
        oddities.map((odd) => {
          const entries = Object.entries(fields).map(([name, values]) => {
            const good = values.length > 0 ? JSON.stringify(values[0]) : '"x"'
            return `${JSON.stringify(name)}:${name === wrong ? odd : good}`
          })
          return `{${entries.join()}}`
        }),
      ),
    text: () => perhapsBroken(value(4)),
    objectOf(fields) {
      const entries = Object.entries(fields).flatMap(([name, values]) => {
        if (chance(0.1)) return []
        const text = chance(0.6) && values.length > 0 ? JSON.stringify(pick(values)) : value(2)
        return [`${JSON.stringify(name)}:${text}`]
      })
      if (chance(0.1)) entries.push(`${JSON.stringify(pick(keys))}:${value(2)}`)
      return perhapsBroken(`{${entries.join()}}`)
    },
  }
}
