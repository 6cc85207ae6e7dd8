import { useLocation, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { seqIn, usePanel } from '../rooms/panel-state.ts'
import { RoomHeader } from '../rooms/room-header.tsx'
import { isUnread, roomTitle } from '../rooms/room-state.ts'
import { toasts } from '../toasts.ts'
import { ChatDialogs } from './chat-dialogs.tsx'
import { Composer } from './composer.tsx'
import { createChatActions } from './create-chat-actions.ts'
import { createPageActive } from './page-active.ts'
import type { Goal } from './goal.ts'
import { makePlaces, type Place } from './places.ts'
import { RoomTimeline, type RoomTimelineHandle } from './room-timeline.tsx'
import { TypingLine } from './typing-line.tsx'
import './room-page.css'

/** More unread than this, and the newest page alone would not reach the first of them. */
const nearUnread = 40

/** For as long as this page lives, like the history that they belong to. */
const places = makePlaces(history)

/** One of my rooms: header, history, composer; `?at=SEQ` opens it at that chat. Made anew for another room. */
export function RoomPage(props: { room: MyRoom }) {
  const [query] = useSearchParams<{ at?: string }>()
  const live = useLive()
  const isPageActive = createPageActive()
  const timeline = live.timeline(props.room.id)
  const location = useLocation()
  const { thread, openThread } = usePanel()
  /** Beside a thread, the seq in the address is the thread's: the room stays where it was. */
  const linked = createMemo<number | null>((before) => (thread() ? before : seqIn(query.at)), null)
  const address = () => location.pathname + location.search
  const [editing, setEditing] = createSignal<Chat | null>(null)
  const [replyTo, setReplyTo] = createSignal<Chat | null>(null)
  const [newAfter, setNewAfter] = createSignal(isUnread(props.room) ? props.room.readSeq : null)
  /** Marked unread by hand: it stays so until it is left and opened again. */
  const [isHeld, setHeld] = createSignal(false)
  let list: RoomTimelineHandle | undefined
  let composer: { focus: () => void } | undefined

  const firstNew = props.room.unread > nearUnread ? props.room.readSeq + 1 : null
  /** Back and Forward lead to where the reader was, a link to its chat. */
  const goalHere = (otherwise: Goal): Goal => {
    const earlier = places.find(address())
    const seq = linked()
    if (earlier) return { type: 'place', ...earlier }
    return seq === null ? otherwise : { type: 'chat', seq }
  }
  const firstGoal = goalHere({ type: 'new', firstNew })
  createEffect(
    on(
      () => [linked(), thread()] as const,
      ([seq, open], before) => {
        const [seqBefore, openBefore] = before ?? [null, null]
        // A thread that is opened or closed leaves the room where it was.
        if (seq === seqBefore || (seq === null && open !== openBefore)) return
        void list?.go(goalHere({ type: 'end' }))
      },
      { defer: true },
    ),
  )
  const keepPlace = (place: Place | null): void => {
    // Between two pages, the address may be the next one's already.
    if (window.location.pathname + window.location.search === address())
      places.keep(address(), place)
  }
  const dismissNew = (): void => {
    live.markRead(props.room.id)
    setHeld(false)
    setNewAfter(null)
  }
  const holdUnread = (after: number): void => {
    setHeld(true)
    setNewAfter(after)
  }
  // On another of my devices: what is open here must not read it again at once.
  live.on('read', ({ roomId, seq, back }) => {
    if (back && roomId === props.room.id) holdUnread(seq)
  })

  // Read by Escape, by an answer, or in another tab.
  createEffect(
    on(
      () => isUnread(props.room),
      (isNow, wasBefore) => !isNow && wasBefore === true && setHeld(false),
    ),
  )
  // What comes while nobody looks is new to whoever comes back.
  createEffect(
    on(
      isPageActive,
      (isActive) => !isActive && !isUnread(props.room) && setNewAfter(props.room.readSeq),
      { defer: true },
    ),
  )

  const markUnread = async (chat: Chat): Promise<void> => {
    const wasHeld = isHeld()
    // First: what is in view would be read again the moment that it is unread.
    setHeld(true)
    try {
      await live.markUnread(props.room.id, chat.seq)
      setNewAfter(chat.seq - 1)
    } catch (caught) {
      setHeld(wasHeld)
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
    }
  }
  const { actions, asked } = createChatActions(() => props.room, {
    reply: (chat) => {
      setEditing(null)
      setReplyTo(chat)
    },
    edit: (chat) => {
      setReplyTo(null)
      setEditing(chat)
    },
    openThread: (chat) =>
      chat.threadId === undefined ? openThread(chat.id) : openThread(chat.threadId, chat.seq),
    markUnread: (chat) => void markUnread(chat),
    // Where the address does not change, nothing else would lead there again.
    jump: (seq) => void (linked() === seq && list?.go({ type: 'chat', seq })),
  })
  const editLast = async (): Promise<void> => {
    if (timeline.hasAfter()) await list?.go({ type: 'end' })
    const mine = timeline.chats().findLast((chat) => isInMainLine(chat) && actions.mayEdit(chat))
    if (!mine || live.hasDraft(props.room.id)) return
    setEditing(mine)
    list?.reveal(mine.id)
  }

  return (
    <div
      class="room"
      onKeyDown={(event) => {
        // Escape on a row leads back to writing, and means nothing more.
        const isRow = event.target instanceof HTMLElement && event.target.closest('[data-key]')
        if (event.key !== 'Escape' || event.shiftKey || !isRow || event.defaultPrevented) return
        event.preventDefault()
        composer?.focus()
      }}
    >
      <RoomHeader room={props.room} />
      <RoomTimeline
        room={props.room}
        timeline={timeline}
        newAfter={newAfter()}
        goal={firstGoal}
        editingId={editing()?.id ?? null}
        onPlace={keepPlace}
        onUnseen={() => setNewAfter(props.room.readSeq)}
        onDismissNew={dismissNew}
        actions={actions}
        isPageActive={isPageActive}
        isHeld={isHeld()}
        ref={(handle) => (list = handle)}
      />
      <Show
        when={props.room.archivedAt === null}
        fallback={<p class="room-archived">{t('chats.archivedNotice')}</p>}
      >
        <Composer
          room={props.room}
          editing={editing()}
          replyTo={replyTo()}
          onEndReply={() => setReplyTo(null)}
          onEditLast={() => void editLast()}
          onEndEdit={() => setEditing(null)}
          onSent={() => void list?.go({ type: 'end' })}
          ref={(handle) => (composer = handle)}
        />
        <TypingLine roomId={props.room.id} />
      </Show>
      <ChatDialogs asked={asked} room={roomTitle(props.room)} />
    </div>
  )
}
