import { createMemo, For, Show, type Accessor, type JSX } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { usePins } from '../lists/pins-context.tsx'
import { useOpenSearch } from '../search/open-search.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { commandKey } from '../shell/shortcuts.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { Ellipsis, Paperclip, Pin, Search, Settings, Users } from '../ui/icons.ts'
import { createNarrow } from '../ui/media.ts'
import { Menu } from '../ui/menu.tsx'
import { BackLink } from './back-link.tsx'
import { usePanel } from './panel-state.ts'
import { roomTitle } from './room-state.ts'
import './room-header.css'

/** The line above a room: what it is, what it is about, and its two panels. */
export function RoomHeader(props: { room: MyRoom }) {
  const { panel, toggle } = usePanel()
  const pins = usePins()
  const isNarrow = createNarrow()
  const ways = createWays(() => props.room)
  const pinned = () => pins.chats()?.length ?? 0
  return (
    <header class="room-header">
      <BackLink />
      <RoomIcon room={props.room} />
      <h1 class="room-title">{roomTitle(props.room)}</h1>
      <Show when={props.room.archivedAt !== null}>
        <Badge>{t('rooms.archived')}</Badge>
      </Show>
      <p class="room-topic" title={props.room.topic}>
        {props.room.topic}
      </p>
      <Show when={pinned() > 0 || panel() === 'pins'}>
        <button
          type="button"
          class="button button-bare room-members"
          aria-pressed={panel() === 'pins'}
          data-tip={t('talk.pins')}
          onClick={() => toggle('pins')}
        >
          <span class="button-label">
            <Pin />
            <span class="tabular" aria-hidden="true">
              {formatNumber(pinned())}
            </span>
            <span class="visually-hidden">{t('talk.pinsCount', { count: pinned() })}</span>
          </span>
        </button>
      </Show>
      <button
        type="button"
        class="button button-bare room-members"
        aria-pressed={panel() === 'members'}
        data-tip={t('rooms.showMembers')}
        onClick={() => toggle('members')}
      >
        <span class="button-label">
          <Users />
          <span class="tabular" aria-hidden="true">
            {props.room.memberCount}
          </span>
          <span class="visually-hidden">
            {t('rooms.showMembers')}, {t('common.members', { count: props.room.memberCount })}
          </span>
        </span>
      </button>
      <Show
        when={isNarrow()}
        fallback={
          <For each={ways()}>
            {(way) => (
              <IconButton
                label={way.label}
                keys={way.keys}
                pressed={way.panel && panel() === way.panel}
                onClick={() => way.open()}
              >
                {way.icon()}
              </IconButton>
            )}
          </For>
        }
      >
        <Menu
          label={t('rooms.more')}
          align="end"
          items={ways().map(({ label, icon, open }) => ({
            type: 'action',
            label,
            icon,
            onChoose: open,
          }))}
          trigger={(trigger) => (
            <IconButton {...trigger} label={t('rooms.more')}>
              <Ellipsis />
            </IconButton>
          )}
        />
      </Show>
    </header>
  )
}

/** The ways on from a room. On a phone they are a menu: its name needs the width. */
function createWays(room: Accessor<MyRoom>) {
  const { toggle } = usePanel()
  const openSearch = useOpenSearch()
  return createMemo((): Way[] => {
    const search: Way = {
      label: t('search.inRoom'),
      keys: `${commandKey(navigator.platform)} F`,
      icon: () => <Search />,
      open: () => openSearch(room().id),
    }
    const files: Way = {
      label: t('files.showPanel'),
      panel: 'files',
      icon: () => <Paperclip />,
      open: () => toggle('files'),
    }
    const settings: Way = {
      label: t('rooms.showSettings'),
      panel: 'settings',
      icon: () => <Settings />,
      open: () => toggle('settings'),
    }
    return room().kind === 'direct' ? [search, files] : [search, files, settings]
  })
}

interface Way {
  label: string
  keys?: string
  /** Pressed while this panel is open. */
  panel?: 'files' | 'settings'
  icon: () => JSX.Element
  open: () => void
}
