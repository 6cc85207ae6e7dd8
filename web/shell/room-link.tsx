import { Match, Show, Switch } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { badgeOf, isUnread, roomPath, roomTitle } from '../rooms/room-state.ts'
import { Avatar, GroupAvatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Hash, Lock, Pencil } from '../ui/icons.ts'
import { presenceOf } from './presence-of.ts'

const badgeMax = 99

/** One room in the sidebar: bold when unread, a badge for what is meant for me. */
export function RoomLink(props: { room: MyRoom }) {
  const live = useLive()
  const isHere = () => currentRoomId() === props.room.id
  const badge = () => badgeOf(props.room)
  return (
    <li>
      <a
        class="sidebar-link"
        classList={{ unread: isUnread(props.room) }}
        href={roomPath(props.room)}
        aria-current={isHere() ? 'page' : undefined}
      >
        <RoomIcon room={props.room} />
        <span class="sidebar-name">{roomTitle(props.room)}</span>
        <Show when={isUnread(props.room)}>
          <span class="visually-hidden">, {t('shell.unread')}</span>
        </Show>
        <Show when={!isHere() && live.hasDraft(props.room.id)}>
          <span class="sidebar-draft" title={t('shell.draft')}>
            <Pencil aria-hidden="true" />
            <span class="visually-hidden">, {t('shell.draft')}</span>
          </span>
        </Show>
        <Show when={badge() > 0}>
          <Badge kind="accent" label={`, ${t('shell.badge', { count: badge() })}`}>
            {badge() > badgeMax ? t('shell.moreThan', { count: badgeMax }) : badge()}
          </Badge>
        </Show>
      </a>
    </li>
  )
}

/** What kind of room it is; for a talk of two, the other person and whether they are here. */
export function RoomIcon(props: { room: Pick<MyRoom, 'kind' | 'people'> }) {
  const live = useLive()
  const other = () =>
    props.room.kind === 'direct' && props.room.people.length === 1
      ? props.room.people[0]
      : undefined
  return (
    <span class="room-icon">
      <Switch fallback={<Hash aria-hidden="true" />}>
        <Match when={other()}>
          {(person) => (
            <Avatar
              person={live.user(person())}
              size={20}
              presence={presenceOf(live, person().id)}
            />
          )}
        </Match>
        <Match when={props.room.kind === 'direct'}>
          <GroupAvatar people={props.room.people} size={20} />
        </Match>
        <Match when={props.room.kind === 'private'}>
          <Lock aria-hidden="true" />
          <span class="visually-hidden">{t('shell.privateRoom')} </span>
        </Match>
      </Switch>
    </span>
  )
}
