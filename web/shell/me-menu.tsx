import { useNavigate } from '@solidjs/router'
import { api, asApiError, call, dropSession, setLeaving } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChevronDown, Keyboard, LogOut, Settings } from '../ui/icons.ts'
import { Menu } from '../ui/menu.tsx'
import { openDialog } from './open-dialog.ts'
import { presenceOf } from './presence-of.ts'
import { commandKey } from './shortcuts.ts'

/** Who I am here, and what is mine to set. */
export function MeMenu() {
  const live = useLive()
  const navigate = useNavigate()
  return (
    <Menu
      label={t('shell.account')}
      align="start"
      trigger={(trigger) => (
        <button type="button" class="me-button" {...trigger}>
          <Avatar person={live.me()} size={28} presence={presenceOf(live, live.me().id)} />
          <span class="me-name">{live.me().name}</span>
          <span class="visually-hidden">, {t('shell.account')}</span>
          <ChevronDown />
        </button>
      )}
      items={[
        { type: 'heading', label: `@${live.me().handle}` },
        {
          type: 'action',
          label: t('shell.settings'),
          icon: () => <Settings />,
          onChoose: () => navigate('/settings'),
        },
        {
          type: 'action',
          label: t('shell.shortcuts'),
          icon: () => <Keyboard />,
          keys: `${commandKey(navigator.platform)} /`,
          onChoose: () => openDialog('shortcuts'),
        },
        { type: 'separator' },
        {
          type: 'action',
          label: t('shell.signOut'),
          icon: () => <LogOut />,
          onChoose: () => void signOut(),
        },
      ]}
    />
  )
}

/** Ends the session, then leaves by a full load: nothing of mine stays in the page's memory. */
async function signOut(): Promise<void> {
  setLeaving(true)
  try {
    await call(api.auth.signout.$post())
    dropSession()
    // A browser that kept this page whole must not show it again.
    addEventListener('pageshow', () => location.reload())
    location.replace('/sign-in')
  } catch (caught) {
    setLeaving(false)
    toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
  }
}
