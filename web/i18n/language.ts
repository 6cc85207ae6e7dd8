import { createSignal } from 'solid-js'
import { en } from './en.ts'
import type { Texts } from './translation.ts'

/** The languages of the client, each by its own name, in the order in which a list shows them. */
export const languages = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const
export type Language = keyof typeof languages

interface Spoken {
  language: Language
  /** What Intl writes dates and numbers by: the reader's own kind of the language, such as `de-AT`. */
  locale: string
  texts: Texts
}

const [spoken, speak] = createSignal<Spoken>({ language: 'en', locale: 'en', texts: en })

/** The language of the texts, of dates and of numbers. */
export const language = (): Language => spoken().language
export const locale = (): string => spoken().locale
export const texts = (): Texts => spoken().texts

/** Which way the language is written. */
export const direction = (of: Language = language()): 'ltr' | 'rtl' => (of === 'ar' ? 'rtl' : 'ltr')

/** English is in the page, so that it starts at once; of the others only the one that is spoken is loaded. */
const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => Promise.resolve(en),
  de: () => import('./de.ts').then(({ de }) => de),
  ar: () => import('./ar.ts').then(({ ar }) => ar),
}

let wanted: Language = 'en'

/** Speaks it from when its texts are there, and writes `<html lang dir>`. Of two calls the later one counts. */
export async function speakLanguage(
  next: Language,
  wishes: readonly string[] = navigator.languages,
): Promise<void> {
  wanted = next
  const loaded = await loaders[next]()
  if (wanted !== next) return
  if (typeof document !== 'undefined') {
    document.documentElement.lang = next
    document.documentElement.dir = direction(next)
  }
  speak({ language: next, locale: localeOf(next, wishes), texts: loaded })
}

const storageKey = 'parley.language'

/** Speaks what this person chose, and remembers it in this browser for the next start. */
export function setLanguage(next: Language): Promise<void> {
  try {
    localStorage.setItem(storageKey, next)
  } catch {
    // Forbidden or full: the choice then lasts as long as the page.
  }
  return speakLanguage(next)
}

/** Before the first render, so that no other language flashes up: what was chosen here, else what the browser asks for. */
export async function startLanguage(): Promise<void> {
  try {
    await speakLanguage(rememberedLanguage() ?? preferredLanguage(navigator.languages))
  } catch {
    // The texts could not be fetched: English is here, and better than no page.
  }
}

function rememberedLanguage(): Language | undefined {
  try {
    return asLanguage(localStorage.getItem(storageKey))
  } catch {
    return undefined
  }
}

const asLanguage = (text: string | null): Language | undefined =>
  // The list is a literal, so its keys are its type's and no others.
  (Object.keys(languages) as Language[]).find((known) => known === text)

const baseOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? ''

/** The first of a browser's wishes that is spoken here; English when none is. */
export function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const known = asLanguage(baseOf(wish))
    if (known) return known
  }
  return 'en'
}

/** The browser's own kind of a language, when it names one: dates of `en-GB` are not those of `en-US`. */
export const localeOf = (of: Language, wishes: readonly string[]): string =>
  wishes.find((wish) => baseOf(wish) === of) ?? of
