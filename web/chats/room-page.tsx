import { useLocation, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { RoomHeader } from '../rooms/room-header.tsx'
import { isUnread, roomTitle } from '../rooms/room-state.ts'
import { toasts } from '../toasts.ts'
import { copyToClipboard } from '../ui/clipboard.ts'
import { mayDelete, mayEdit, type ChatActions } from './chat-actions.ts'
import { chatLink } from './chat-link.ts'
import { Composer } from './composer.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
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
  const linked = createMemo(() => seqIn(query.at))
  const address = () => location.pathname + location.search
  const [editing, setEditing] = createSignal<Chat | null>(null)
  const [deleting, setDeleting] = createSignal<Chat | null>(null)
  const [newAfter, setNewAfter] = createSignal(isUnread(props.room) ? props.room.readSeq : null)
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
  createEffect(on(linked, () => void list?.go(goalHere({ type: 'end' })), { defer: true }))
  const keepPlace = (place: Place | null): void => {
    // Between two pages, the address may be the next one's already.
    if (window.location.pathname + window.location.search === address())
      places.keep(address(), place)
  }
  const dismissNew = (): void => {
    live.markRead(props.room.id)
    setNewAfter(null)
  }

  // What comes while nobody looks is new to whoever comes back.
  createEffect(
    on(
      isPageActive,
      (isActive) => !isActive && !isUnread(props.room) && setNewAfter(props.room.readSeq),
      { defer: true },
    ),
  )

  const copy = async (text: string): Promise<void> => {
    const isCopied = await copyToClipboard(text)
    toasts.show(t(isCopied ? 'chats.copied' : 'chats.copyFailed'), {
      kind: isCopied ? 'done' : 'failed',
    })
  }
  const actions: ChatActions = {
    mayEdit: (chat) => mayEdit(chat, props.room, live.me().id),
    mayDelete: (chat) => mayDelete(chat, props.room, live.me().id),
    edit: setEditing,
    remove: setDeleting,
    copyText: (chat) => void copy(chat.message),
    copyLink: (chat) => void copy(chatLink(chat.seq)),
  }
  const editLast = async (): Promise<void> => {
    if (timeline.hasAfter()) await list?.go({ type: 'end' })
    const mine = timeline.chats().findLast((chat) => actions.mayEdit(chat))
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
        ref={(handle) => (list = handle)}
      />
      <Show
        when={props.room.archivedAt === null}
        fallback={<p class="room-archived">{t('chats.archivedNotice')}</p>}
      >
        <Composer
          room={props.room}
          editing={editing()}
          onEditLast={() => void editLast()}
          onEndEdit={() => setEditing(null)}
          onSent={() => void list?.go({ type: 'end' })}
          ref={(handle) => (composer = handle)}
        />
        <TypingLine roomId={props.room.id} />
      </Show>
      <DeleteDialog
        chat={deleting()}
        room={roomTitle(props.room)}
        onClose={() => setDeleting(null)}
      />
    </div>
  )
}

const seqIn = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
