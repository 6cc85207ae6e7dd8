import { expect, test } from 'bun:test'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Plural, Texts } from './translation.ts'

const others: Record<string, Texts> = { de, ar }

const keysOf = (texts: Texts): string[] =>
  Object.entries(texts).flatMap(([area, table]) =>
    Object.keys(table).map((name) => `${area}.${name}`),
  )

/** Each text by its key; of a plural each form by itself. */
function* formsOf(texts: Texts): Generator<{ key: string; form: string; text: string }> {
  for (const [area, table] of Object.entries(texts)) {
    for (const [name, text] of Object.entries<string | Plural>(table)) {
      const key = `${area}.${name}`
      if (typeof text === 'string') yield { key, form: '', text }
      else for (const [form, each] of Object.entries(text)) yield { key, form, text: each }
    }
  }
}

const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '').sort()

const english = new Map(Array.from(formsOf(en), (each) => [`${each.key}/${each.form}`, each.text]))
const englishOf = (key: string): string =>
  english.get(`${key}/`) ?? english.get(`${key}/other`) ?? ''

for (const [language, texts] of Object.entries(others)) {
  test(`${language} has the texts of English, and no others`, () => {
    expect(keysOf(texts).sort()).toEqual(keysOf(en).sort())
  })

  test(`${language} names what English names; a plural may say its count in words`, () => {
    const odd = Array.from(formsOf(texts)).filter(({ key, form, text }) => {
      const expected = namesIn(englishOf(key))
      const without = expected.filter((name) => name !== 'count')
      // A name said twice is still that name.
      const said = [...new Set(namesIn(text))]
      const fits = (names: string[]) => said.join() === [...new Set(names)].join()
      // None of something needs no more words than that.
      const isNone = form === 'zero' && said.every((name) => expected.includes(name))
      return !(fits(expected) || isNone || (form !== '' && fits(without)))
    })
    expect(odd).toEqual([])
  })

  test(`${language} has each plural form of the language`, () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    const plurals = Object.values(texts).flatMap((table) =>
      Object.values<string | Plural>(table).filter((text) => typeof text !== 'string'),
    )
    expect(plurals.length).toBeGreaterThan(0)
    for (const plural of plurals)
      expect(Object.keys(plural).sort()).toEqual([...pluralCategories].sort())
  })

  test(`${language} has no empty text`, () => {
    expect(Array.from(formsOf(texts)).filter(({ text }) => text.trim() === '')).toEqual([])
  })
}
