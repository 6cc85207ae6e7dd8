import { For } from 'solid-js'
import { direction, language, languages, setLanguage, type Language } from '../i18n/language.ts'
import { t } from '../i18n/t.ts'
import { toasts } from '../toasts.ts'

const choices = Object.keys(languages) as Language[]

/** Before there is a person whose settings could say it: the language of this browser. */
export function AuthLanguages() {
  const choose = (next: Language) => {
    setLanguage(next).catch(() => toasts.show(t('settings.languageFailed'), { kind: 'failed' }))
  }
  return (
    <ul class="auth-languages" aria-label={t('settings.language')}>
      <For each={choices}>
        {(choice) => (
          <li>
            <button
              type="button"
              lang={choice}
              dir={direction(choice)}
              aria-pressed={language() === choice}
              onClick={() => choose(choice)}
            >
              {languages[choice]}
            </button>
          </li>
        )}
      </For>
    </ul>
  )
}
