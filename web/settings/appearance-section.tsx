import { t } from '../i18n/t.ts'
import { SegmentedControl, Switch } from '../ui/choice.tsx'
import { Monitor, Moon, Sun } from '../ui/icons.ts'
import { LanguageSection } from './language-section.tsx'
import { useTheme } from './theme-context.tsx'
import { useUserSettings } from './user-settings.ts'

/** How Parley looks here, and how it is written in. */
export function AppearanceSection() {
  const [theme, setTheme] = useTheme()
  const { settings, change } = useUserSettings()
  return (
    <section class="form" aria-label={t('settings.appearance')}>
      <SegmentedControl
        label={t('settings.theme')}
        options={[
          { value: 'system', label: t('settings.themeSystem'), icon: <Monitor /> },
          { value: 'light', label: t('settings.themeLight'), icon: <Sun /> },
          { value: 'dark', label: t('settings.themeDark'), icon: <Moon /> },
        ]}
        value={theme()}
        onChoose={setTheme}
      />
      <LanguageSection />
      <Switch
        label={t('settings.enterSends')}
        hint={t('settings.enterSendsText')}
        checked={settings().enterSends ?? true}
        onChange={(enterSends) => void change({ enterSends })}
      />
    </section>
  )
}
