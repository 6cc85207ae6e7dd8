import { useLocation } from '@solidjs/router'
import Compass from 'lucide-solid/icons/compass'
import SquarePen from 'lucide-solid/icons/square-pen'
import { createMemo, Show } from 'solid-js'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { sectionsOf } from '../rooms/room-state.ts'
import { IconButton } from '../ui/button.tsx'
import { Plus, Search } from '../ui/icons.ts'
import { Kbd } from '../ui/kbd.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { MeMenu } from './me-menu.tsx'
import { openDialog } from './open-dialog.ts'
import { commandKey } from './shortcuts.ts'
import { SidebarSection } from './sidebar-section.tsx'
import './sidebar.css'

/** My rooms and the ways to more of them; on a phone the home pane. */
export function Sidebar() {
  const live = useLive()
  const location = useLocation()
  const sections = createMemo(() => sectionsOf(live.rooms()))

  return (
    <nav class="sidebar" aria-label={t('shell.sidebar')}>
      <header class="sidebar-head">
        <MeMenu />
        <IconButton label={t('shell.newMessage')} onClick={() => openDialog('direct')}>
          <SquarePen />
        </IconButton>
      </header>
      <button type="button" class="sidebar-search" onClick={() => openDialog('switcher')}>
        <Search aria-hidden="true" />
        <span>{t('shell.search')}</span>
        <span aria-hidden="true">
          <Kbd keys={`${commandKey(navigator.platform)} K`} />
        </span>
      </button>
      <div class="sidebar-scroll">
        <Show when={live.ready()} fallback={<Loading />}>
          <SidebarSection
            id="rooms"
            title={t('shell.rooms')}
            rooms={sections().rooms}
            empty={t('shell.noRooms')}
            actions={
              <IconButton
                small
                label={t('shell.newRoom')}
                onClick={() => openDialog('create-room')}
              >
                <Plus />
              </IconButton>
            }
            more={
              <a
                class="sidebar-link"
                href="/browse"
                aria-current={location.pathname === '/browse' ? 'page' : undefined}
              >
                <Compass aria-hidden="true" />
                <span class="sidebar-name">{t('shell.browse')}</span>
              </a>
            }
          />
          <SidebarSection
            id="directs"
            title={t('shell.directs')}
            rooms={sections().directs}
            empty={t('shell.noDirects')}
            actions={
              <IconButton small label={t('shell.newMessage')} onClick={() => openDialog('direct')}>
                <Plus />
              </IconButton>
            }
          />
        </Show>
      </div>
    </nav>
  )
}

function Loading() {
  const live = useLive()
  return (
    <Show when={live.error()} fallback={<Skeleton label={t('common.loading')} rows={6} />}>
      {(error) => (
        <p class="sidebar-note" role="status">
          {errorText(error())}
        </p>
      )}
    </Show>
  )
}
