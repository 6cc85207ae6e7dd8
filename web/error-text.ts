import type { ApiError } from './api-error.ts'
import { errors } from './i18n/en/errors.ts'
import { t } from './i18n/t.ts'

/** What to tell a person about a refused request. */
export function errorText(error: ApiError): string {
  const minutes = Math.ceil((error.retryAfterMs ?? 0) / 60_000)
  if (error.code === 'rate_limited' && minutes > 1)
    return t('errors.rate_limited_for', { count: minutes })
  return hasText(error.code) ? t(`errors.${error.code}`) : error.message || t('errors.unknown')
}

const hasText = (code: ApiError['code']): code is ApiError['code'] & keyof typeof errors =>
  code in errors
