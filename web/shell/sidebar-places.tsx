import { useLocation } from '@solidjs/router'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { isWaiting } from '../rooms/room-state.ts'
import { useThreads } from '../threads/threads-context.tsx'
import { Badge } from '../ui/badge.tsx'
import { AtSign, Bookmark, ListChecks, MessagesSquare, Search } from '../ui/icons.ts'

/** The ways to what waits for me across rooms. */
export function SidebarPlaces() {
  const live = useLive()
  const threads = useThreads()
  const open = createMemo(() => live.rooms().filter((room) => room.archivedAt === null))
  const waiting = createMemo(() => open().filter(isWaiting).length)
  const left = () => waiting() + threads.unreadCount()
  const calls = createMemo(() =>
    open().reduce((sum, room) => sum + (isWaiting(room) ? room.mentionSeqs.length : 0), 0),
  )
  return (
    <ul class="sidebar-places" aria-label={t('sidebar.places')}>
      <Place
        href="/catch-up"
        icon={<ListChecks />}
        name={t('sidebar.catchUp')}
        count={left()}
        label={t('catchUp.left', { count: left() })}
      />
      <Place
        href="/threads"
        icon={<MessagesSquare />}
        name={t('sidebar.threads')}
        count={threads.unreadCount()}
        label={t('sidebar.unreadThreads', { count: threads.unreadCount() })}
      />
      <Place
        href="/mentions"
        icon={<AtSign />}
        name={t('sidebar.mentions')}
        count={calls()}
        label={t('shell.badge', { count: calls() })}
        isCall
      />
      <Place href="/search" icon={<Search />} name={t('search.title')} count={0} label="" />
      <Place href="/saved" icon={<Bookmark />} name={t('sidebar.saved')} count={0} label="" />
    </ul>
  )
}

function Place(props: {
  href: string
  icon: JSX.Element
  name: string
  count: number
  /** The count in words. */
  label: string
  /** What is counted is meant for me, and not only unread. */
  isCall?: boolean
}) {
  const location = useLocation()
  return (
    <li>
      <a
        class="sidebar-link"
        classList={{ unread: props.count > 0 }}
        href={props.href}
        draggable={false}
        aria-current={location.pathname === props.href ? 'page' : undefined}
      >
        {props.icon}
        <span class="sidebar-name">{props.name}</span>
        <Show when={props.count > 0}>
          <Badge kind={props.isCall ? 'accent' : 'quiet'} label={`, ${props.label}`}>
            {props.count}
          </Badge>
        </Show>
      </a>
    </li>
  )
}
