import { Match, Show, Switch } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { isCurrentRoom } from '../rooms/current-room.ts'
import { badgeOf, isMuted, isWaiting, roomPath, roomTitle } from '../rooms/room-state.ts'
import { Avatar, GroupAvatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { Ellipsis, Pencil, TriangleAlert } from '../ui/icons.ts'
import { HashSign, LockSign } from '../ui/room-signs.tsx'
import { presenceOf } from './presence-of.ts'
import { useSidebar } from './sidebar-tools.ts'

const badgeMax = 99

/** A finger scrolls; what it holds long opens the menu, where moving is as well. */
const isDraggable = matchMedia('(pointer: fine)').matches

/** One room in the sidebar: bold when unread, a badge for what is meant for me, dim when muted. */
export function RoomLink(props: { room: MyRoom }) {
  const live = useLive()
  const sidebar = useSidebar()
  const isHere = () => isCurrentRoom(props.room.id)
  const badge = () => badgeOf(props.room)
  const failed = () => live.failedIn(props.room.id)
  return (
    <div role="listitem" class="sidebar-row" data-room={props.room.id}>
      <a
        class="sidebar-link"
        classList={{ unread: isWaiting(props.room), muted: isMuted(props.room) }}
        href={roomPath(props.room)}
        draggable={isDraggable}
        aria-current={isHere() ? 'page' : undefined}
      >
        <RoomIcon room={props.room} />
        <span class="sidebar-name" dir="auto">
          {roomTitle(props.room)}
        </span>
        <Show when={isWaiting(props.room)}>
          <span class="visually-hidden">, {t('shell.unread')}</span>
        </Show>
        <Show when={isMuted(props.room)}>
          <span class="visually-hidden">, {t('sidebar.muted')}</span>
        </Show>
        <Show when={failed() > 0}>
          <span class="sidebar-failed" title={t('sidebar.failed', { count: failed() })}>
            <TriangleAlert />
            <span class="visually-hidden">, {t('sidebar.failed', { count: failed() })}</span>
          </span>
        </Show>
        <Show when={!isHere() && live.hasDraftIn(props.room.id)}>
          <span class="sidebar-draft" title={t('shell.draft')}>
            <Pencil />
            <span class="visually-hidden">, {t('shell.draft')}</span>
          </span>
        </Show>
        <Show when={badge() > 0}>
          <Badge kind="accent" label={`, ${t('shell.badge', { count: badge() })}`}>
            {badge() > badgeMax ? t('shell.moreThan', { count: badgeMax }) : badge()}
          </Badge>
        </Show>
      </a>
      <Show when={sidebar.isHot(props.room.id)}>
        <IconButton
          small
          class="sidebar-more"
          label={t('sidebar.roomActions', { room: roomTitle(props.room) })}
          aria-haspopup="menu"
          onClick={(event) => {
            if (event.currentTarget instanceof Element)
              sidebar.openMenu(props.room.id, event.currentTarget)
          }}
        >
          <Ellipsis />
        </IconButton>
      </Show>
    </div>
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
      <Switch fallback={<HashSign />}>
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
          <LockSign />
          <span class="visually-hidden">{t('shell.privateRoom')} </span>
        </Match>
      </Switch>
    </span>
  )
}
