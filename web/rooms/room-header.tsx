import { Show } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { usePins } from '../lists/pins-context.tsx'
import { useOpenSearch } from '../search/open-search.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { commandKey } from '../shell/shortcuts.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { Paperclip, Pin, Search, Settings, Users } from '../ui/icons.ts'
import { BackLink } from './back-link.tsx'
import { usePanel } from './panel-state.ts'
import { roomTitle } from './room-state.ts'
import './room-header.css'

/** The line above a room: what it is, what it is about, and its two panels. */
export function RoomHeader(props: { room: MyRoom }) {
  const { panel, toggle } = usePanel()
  const pins = usePins()
  const openSearch = useOpenSearch()
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
      <IconButton
        label={t('search.inRoom')}
        keys={`${commandKey(navigator.platform)} F`}
        onClick={() => openSearch(props.room.id)}
      >
        <Search />
      </IconButton>
      <IconButton
        label={t('files.showPanel')}
        pressed={panel() === 'files'}
        onClick={() => toggle('files')}
      >
        <Paperclip />
      </IconButton>
      <Show when={props.room.kind !== 'direct'}>
        <IconButton
          label={t('rooms.showSettings')}
          pressed={panel() === 'settings'}
          onClick={() => toggle('settings')}
        >
          <Settings />
        </IconButton>
      </Show>
    </header>
  )
}
