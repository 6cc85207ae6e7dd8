import { limits } from '../../src/protocol/limits.ts'
import { t } from '../i18n/t.ts'
import { passwordHint } from './password-hint.ts'

/** The line under a new password's field. */
export function passwordHintText(password: string, about: readonly string[]): string {
  const hint = passwordHint(password, about)
  switch (hint.type) {
    case 'empty':
      return t('auth.passwordHint', { min: limits.passwordMinChars })
    case 'missing':
      return t('auth.passwordMissing', { count: hint.count })
    case 'repeats':
      return t('auth.passwordRepeats')
    case 'is-you':
      return t('auth.passwordIsYou')
    case 'fair':
      return t('auth.passwordFair')
    case 'good':
      return t('auth.passwordGood')
  }
}
