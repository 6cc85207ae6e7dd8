import type { ApiError } from './api-error.ts'
import { fieldText } from './field-text.ts'
import { errors } from './i18n/en/errors.ts'
import { language } from './i18n/language.ts'
import { t } from './i18n/t.ts'

/** What to tell a person about a refused request. The server's own words are English, so only its readers get them. */
export function errorText(error: ApiError): string {
  const minutes = Math.ceil((error.retryAfterMs ?? 0) / 60_000)
  if (error.code === 'rate_limited' && minutes > 1)
    return t('errors.rate_limited_for', { count: minutes })
  if (hasText(error.code)) return t(`errors.${error.code}`)
  if (error.fields.length > 0) {
    const why = error.fields.map(({ message }) => fieldText(message))
    return t('errors.refused', { why: why.join('; ') })
  }
  return (language() === 'en' && error.message) || t('errors.unknown')
}

const hasText = (code: ApiError['code']): code is ApiError['code'] & keyof typeof errors =>
  code in errors
