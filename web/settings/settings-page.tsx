import { Navigate, useParams } from '@solidjs/router'
import { For, Match, Switch } from 'solid-js'
import { t } from '../i18n/t.ts'
import { BackLink } from '../rooms/back-link.tsx'
import { setPageTitle } from '../shell/page-title.ts'
import { Pane } from '../ui/pane.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import '../rooms/forms.css'
import './settings.css'

const sections = ['profile', 'notifications', 'appearance', 'password', 'sessions'] as const
type Section = (typeof sections)[number]

/** `/settings/:section`: each with an address of its own. */
export default function SettingsPage() {
  const params = useParams<{ section?: string }>()
  const section = () => params.section ?? 'profile'
  setPageTitle(() => t('settings.title'))
  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{t('settings.title')}</h1>
      </header>
      <nav class="settings-tabs" aria-label={t('settings.sections')}>
        <For each={sections}>
          {(name) => (
            <a
              class="settings-tab"
              href={`/settings/${name}`}
              aria-current={section() === name ? 'page' : undefined}
            >
              {sectionTitle(name)}
            </a>
          )}
        </For>
      </nav>
      <Pane label={t('settings.title')} class="page-body">
        <div class="page-column">
          <Switch fallback={<Navigate href="/settings" />}>
            <Match when={section() === 'profile'}>
              <ProfileSection />
            </Match>
            <Match when={section() === 'password'}>
              <PasswordSection />
            </Match>
            <Match when={section() === 'sessions'}>
              <SessionsSection />
            </Match>
            <Match when={section() === 'notifications'}>
              <NotificationsSection />
            </Match>
            <Match when={section() === 'appearance'}>
              <AppearanceSection />
            </Match>
          </Switch>
        </div>
      </Pane>
    </div>
  )
}

const sectionTitle = (name: Section): string =>
  name === 'notifications' ? t('notify.title') : t(`settings.${name}`)
