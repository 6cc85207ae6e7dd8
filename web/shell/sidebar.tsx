import { createMemo, createSelector, createSignal, lazy, Show, Suspense } from 'solid-js'
import { compareNames } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { LeaveDialog } from '../rooms/leave-dialog.tsx'
import { useUserSettings } from '../settings/user-settings.ts'
import { IconButton } from '../ui/button.tsx'
import type { Anchor } from '../ui/floating.tsx'
import { Search, SquarePen } from '../ui/icons.ts'
import { Kbd } from '../ui/kbd.tsx'
import { arrange } from './arrangement.ts'
import { MeMenu } from './me-menu.tsx'
import { openDialog } from './open-dialog.ts'
import { commandKey } from './shortcuts.ts'
import { createSidebarMoves } from './sidebar-moves.ts'
import { SidebarParts } from './sidebar-parts.tsx'
import { SidebarContext } from './sidebar-tools.ts'
import './sidebar.css'

const RoomMenu = lazy(() => import('./room-menu.tsx'))
const SectionDialog = lazy(() => import('./section-dialog.tsx'))

/** What is open over the sidebar. */
type Open =
  | { type: 'menu'; roomId: string; anchor: Anchor; page: 'all' | 'move' }
  | { type: 'section'; id?: string | undefined; roomId?: string }
  | { type: 'leave'; roomId: string }

/** My rooms and the ways to more of them; on a phone the home pane. */
export function Sidebar() {
  const live = useLive()
  const mine = useUserSettings()
  // By name ahead of time: what is in order already is put in order again in no time at each news.
  const named = createMemo(() => live.rooms().toSorted((a, b) => compareNames(a.name, b.name)))
  const parts = createMemo(() => arrange(named(), mine.settings()))
  const moves = createSidebarMoves({ mine, parts })
  const [open, setOpen] = createSignal<Open | null>(null)
  const [hot, setHot] = createSignal<string | null>(null)
  const close = () => setOpen(null)
  const opened = <Type extends Open['type']>(type: Type) => {
    const now = open()
    // The type of `now` is the one that was just compared.
    return now?.type === type ? (now as Extract<Open, { type: Type }>) : undefined
  }
  const roomOf = (of: { roomId?: string } | undefined) => live.room(of?.roomId ?? '')
  const nameSection = (to: { id?: string | undefined; roomId?: string }, name: string) => {
    if (to.id === undefined) moves.addSection(name, roomOf(to))
    else moves.changeSection(to.id, { name })
  }

  return (
    <SidebarContext.Provider
      value={{
        moves,
        isHot: createSelector(hot),
        openMenu: (roomId, anchor) => setOpen({ type: 'menu', roomId, anchor, page: 'all' }),
        nameSection: (id) => setOpen({ type: 'section', id }),
      }}
    >
      <nav class="sidebar" aria-label={t('shell.sidebar')}>
        <header class="sidebar-head">
          <MeMenu />
          <IconButton label={t('shell.newMessage')} onClick={() => openDialog('direct')}>
            <SquarePen />
          </IconButton>
        </header>
        <button type="button" class="sidebar-search" onClick={() => openDialog('switcher')}>
          <Search />
          <span>{t('shell.search')}</span>
          <span aria-hidden="true">
            <Kbd keys={`${commandKey(navigator.platform)} K`} />
          </span>
        </button>
        <SidebarParts parts={parts()} onHot={setHot} />
        <p class="visually-hidden" role="status">
          {moves.told()}
        </p>
      </nav>
      <Suspense>
        <Show when={opened('menu')} keyed>
          {(menu) => (
            <Show when={roomOf(menu)} keyed>
              {(room) => (
                <RoomMenu
                  room={room}
                  anchor={menu.anchor}
                  page={menu.page}
                  parts={parts()}
                  moves={moves}
                  onClose={close}
                  onMove={() => setOpen({ ...menu, page: 'move' })}
                  onNewSection={() => setOpen({ type: 'section', roomId: room.id })}
                  onLeave={() => setOpen({ type: 'leave', roomId: room.id })}
                />
              )}
            </Show>
          )}
        </Show>
        <Show when={opened('section')} keyed>
          {(to) => (
            <SectionDialog
              name={parts().find(({ id }) => id === to.id)?.name}
              onName={(name) => nameSection(to, name)}
              onClose={close}
            />
          )}
        </Show>
      </Suspense>
      <Show when={opened('leave')} keyed>
        {(leaving) => (
          <Show when={roomOf(leaving)} keyed>
            {(room) => <LeaveDialog room={room} isOpen onClose={close} />}
          </Show>
        )}
      </Show>
    </SidebarContext.Provider>
  )
}
