import { locale } from './language.ts'
import { perLocale } from './per-locale.ts'

/** Dates, numbers and lists as the reader's language writes them. All of it is reactive, as `t` is. */
const format = (options: Intl.DateTimeFormatOptions) =>
  perLocale(locale, (name) => new Intl.DateTimeFormat(name, options))

const time = format({ hour: 'numeric', minute: '2-digit' })
const full = format({ dateStyle: 'full', timeStyle: 'short' })
const day = format({ weekday: 'long', day: 'numeric', month: 'long' })
const dayOfYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
const shortDay = format({ day: 'numeric', month: 'short', year: 'numeric' })
const relative = perLocale(locale, (name) => new Intl.RelativeTimeFormat(name, { numeric: 'auto' }))
const numbers = perLocale(locale, (name) => new Intl.NumberFormat(name))
const lists = perLocale(
  locale,
  (name) => new Intl.ListFormat(name, { style: 'short', type: 'unit' }),
)
const all = perLocale(locale, (name) => new Intl.ListFormat(name, { type: 'conjunction' }))
const order = perLocale(
  locale,
  (name) => new Intl.Collator(name, { numeric: true, sensitivity: 'base' }),
)

export type Instant = string | number | Date

const dateOf = (at: Instant): Date => (at instanceof Date ? at : new Date(at))

/** `14:05`, or `2:05 PM`. */
export const formatTime = (at: Instant): string => time().format(dateOf(at))

/** With day and year, for a title. */
export const formatFull = (at: Instant): string => full().format(dateOf(at))

/** `21 Nov 2026`. */
export const formatDate = (at: Instant): string => shortDay().format(dateOf(at))

/** `1,234`, or `١٬٢٣٤`. */
export const formatNumber = (value: number): string => numbers().format(value)

/** `Ada, Bob, Cleo`. */
export const formatList = (names: readonly string[]): string => lists().format(names)

/** `Ada, Bob and Cleo`. */
export const formatAll = (names: readonly string[]): string => all().format(names)

/** Of this device, as `Europe/Berlin`. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Sorts names as the reader's language does, `room 9` before `room 10`. */
export const compareNames = (a: string, b: string): number => order().compare(a, b)

/** A day as a divider names it: today, yesterday, this year's days without a year. */
export function formatDay(at: Instant, now: Instant = Date.now()): string {
  const date = dateOf(at)
  const today = dateOf(now)
  const away = daysBetween(date, today)
  if (away === 0 || away === 1) return capital(relative().format(-away, 'day'))
  return (date.getFullYear() === today.getFullYear() ? day() : dayOfYear()).format(date)
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 hours ago`. */
export function formatAgo(at: Instant, now: Instant = Date.now()): string {
  const passed = dateOf(now).getTime() - dateOf(at).getTime()
  const step = steps.find(([, length]) => passed >= length)
  if (!step) return relative().format(0, 'second')
  return relative().format(-Math.floor(passed / step[1]), step[0])
}

const midnight = (date: Date): number =>
  Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())

const daysBetween = (from: Date, to: Date): number =>
  Math.round((midnight(to) - midnight(from)) / 86_400_000)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
