import { createEffect } from 'solid-js'
import { setLanguage } from '../i18n/language.ts'
import { t } from '../i18n/t.ts'
import { toasts } from '../toasts.ts'
import { useUserSettings } from './user-settings.ts'

/** Speaks what this person has set, here or on another device; who has set nothing keeps what this browser speaks. */
export function FollowLanguage(): null {
  const { settings } = useUserSettings()
  createEffect(() => {
    const next = settings().language
    if (next === undefined) return
    setLanguage(next).catch(() => toasts.show(t('settings.languageFailed'), { kind: 'failed' }))
  })
  return null
}
