import { language, languages, type Language } from '../i18n/language.ts'
import { t } from '../i18n/t.ts'
import { SegmentedControl } from '../ui/choice.tsx'
import { useUserSettings } from './user-settings.ts'

/** Each language by its own name, so that whoever landed in a foreign one finds the way back. */
const options = (Object.keys(languages) as Language[]).map((value) => ({
  value,
  label: languages[value],
}))

/** The language of the client, for this person on all devices. */
export function LanguageSection() {
  const { change } = useUserSettings()
  return (
    <SegmentedControl
      label={t('settings.language')}
      options={options}
      value={language()}
      onChoose={(next) => void change({ language: next })}
    />
  )
}
