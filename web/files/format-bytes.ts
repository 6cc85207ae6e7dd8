import { locale } from '../i18n/language.ts'
import { perLocale } from '../i18n/per-locale.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

const formats = perLocale(locale, (name) =>
  units.map(
    (unit, at) =>
      new Intl.NumberFormat(name, {
        style: 'unit',
        unit,
        unitDisplay: at === 0 ? 'long' : 'short',
        maximumFractionDigits: at < 2 ? 0 : 1,
      }),
  ),
)

/** `1.4 MB` as the reader's language writes it; a limit of 25 × 1,024² bytes is `25 MB`. */
export function formatBytes(bytes: number): string {
  const size = Math.max(0, bytes)
  const at = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log2(size) / 10))
  return formats()[at]?.format(size / 1024 ** at) ?? ''
}
