import {
  createSignal,
  createUniqueId,
  For,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { formatAgo, formatFull } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { plainWords } from '../notify/words.ts'
import { badgeOf, roomTitle } from '../rooms/room-state.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { createLines } from './create-lines.ts'
import type { Item } from './items.ts'

export interface CatchUpCardProps {
  item: Item
  isDone: boolean
  isCurrent: boolean
  onFocus: () => void
  onOpen: () => void
  onDone: () => void
  onUndo: () => void
}

/** One room or thread with the first lines of what is new; done, one line with the way back. */
export function CatchUpCard(props: CatchUpCardProps) {
  const live = useLive()
  const id = createUniqueId()
  const room = () => live.room(props.item.roomId)
  const name = () => {
    const here = room()
    if (!here) return ''
    return props.item.root ? t('catchUp.thread', { room: roomTitle(here) }) : roomTitle(here)
  }
  return (
    <li
      class="catch-up-card"
      classList={{ 'catch-up-current': props.isCurrent, 'catch-up-done': props.isDone }}
      data-item={props.item.key}
      tabindex={props.isCurrent ? 0 : -1}
      aria-labelledby={`${id}-name`}
      aria-current={props.isCurrent ? 'true' : undefined}
      onFocusIn={() => props.onFocus()}
    >
      <header class="catch-up-head">
        <Show when={room()}>{(here) => <RoomIcon room={here()} />}</Show>
        <h2 class="catch-up-name" id={`${id}-name`} dir="auto">
          {name()}
        </h2>
        <Show
          when={!props.isDone}
          fallback={
            <>
              <span class="catch-up-read">
                <Check />
                {t('catchUp.read')}
              </span>
              <Button small aria-describedby={`${id}-name`} onClick={() => props.onUndo()}>
                {t('shell.undo')}
              </Button>
            </>
          }
        >
          <Calls item={props.item} />
        </Show>
      </header>
      <Show when={!props.isDone}>
        <Words item={props.item} />
        <footer class="catch-up-actions">
          <Button small aria-describedby={`${id}-name`} onClick={() => props.onOpen()}>
            {t('catchUp.open')}
          </Button>
          <Button small kind="bare" aria-describedby={`${id}-name`} onClick={() => props.onDone()}>
            {t('catchUp.markRead')}
          </Button>
        </footer>
      </Show>
    </li>
  )
}

/** How much of it is meant for me. */
function Calls(props: { item: Item }) {
  const live = useLive()
  const calls = () => {
    const here = props.item.root ? undefined : live.room(props.item.roomId)
    return here ? badgeOf(here) : 0
  }
  return (
    <Show when={calls() > 0}>
      <Badge kind="accent" label={`, ${t('shell.badge', { count: calls() })}`}>
        {calls()}
      </Badge>
    </Show>
  )
}

/** Loaded when the card comes near: of a hundred rooms, few are looked at. */
function Words(props: { item: Item }) {
  const [isNear, setNear] = createSignal(false)
  let place: HTMLDivElement | undefined
  onMount(() => {
    const watch = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '400px' },
    )
    if (place) watch.observe(place)
    onCleanup(() => watch.disconnect())
  })
  const { lines, hasFailed, retry } = createLines(() => props.item, isNear)
  return (
    <div class="catch-up-words" ref={(element) => (place = element)}>
      <Show when={props.item.root}>
        {(root) => <p class="catch-up-root">{plainWords(root().message)}</p>}
      </Show>
      <Switch fallback={<Skeleton label={t('common.loading')} rows={2} />}>
        <Match when={hasFailed()}>
          <p class="catch-up-note">
            {t('catchUp.linesFailed')}
            <Button small kind="bare" onClick={retry}>
              {t('common.retry')}
            </Button>
          </p>
        </Match>
        <Match when={lines()}>
          {(first) => (
            <>
              <For each={first().chats}>{(chat) => <Line chat={chat} />}</For>
              <Show when={first().hasMore}>
                <p class="catch-up-note">{t('catchUp.more')}</p>
              </Show>
              <Show when={first().chats.length === 0 && !first().hasMore}>
                <p class="catch-up-note">{t('catchUp.onlyMarks')}</p>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}

function Line(props: { chat: Chat }) {
  const live = useLive()
  const sender = () => live.user(props.chat.sender)
  const isCall = () =>
    props.chat.mentions.includes(live.me().id) || props.chat.everyone !== undefined
  const words = () => {
    const said = plainWords(props.chat.message)
    const files = props.chat.files?.length ?? 0
    return said === '' && files > 0 ? t('notify.files', { count: files }) : said
  }
  return (
    <p class="catch-up-line" classList={{ 'catch-up-call': isCall() }}>
      <Avatar person={sender()} size={20} />
      <b dir="auto">{sender().name}</b>
      <span class="catch-up-said" dir="auto">
        {words()}
      </span>
      <time
        class="tabular"
        datetime={props.chat.createdAt}
        title={formatFull(props.chat.createdAt)}
      >
        {formatAgo(props.chat.createdAt)}
      </time>
    </p>
  )
}
