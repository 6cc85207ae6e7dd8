import { createSignal, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { Announcer } from '../chats/announcer.tsx'
import { ChatDialogs } from '../chats/chat-dialogs.tsx'
import { Composer } from '../chats/composer.tsx'
import { createChatActions } from '../chats/create-chat-actions.ts'
import { createPageActive } from '../chats/page-active.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { createThread } from './create-thread.ts'
import { fetchThread } from './thread-rest.ts'
import { ThreadTimeline, type ThreadTimelineHandle } from './thread-timeline.tsx'
import { useThreads } from './threads-context.tsx'
import './thread-panel.css'

/** One thread: what it hangs on, its replies, and a composer of its own. Made anew for another thread. */
export default function ThreadPanel(props: { room: MyRoom; threadId: string; at: number | null }) {
  const live = useLive()
  const threads = useThreads()
  const isPageActive = createPageActive()
  const [editing, setEditing] = createSignal<Chat | null>(null)
  const [replyTo, setReplyTo] = createSignal<Chat | null>(null)
  const { id: roomId } = props.room
  const { threadId } = props
  let list: ThreadTimelineHandle | undefined
  let composer: { focus: () => void } | undefined
  const thread = createThread({
    live,
    roomId,
    threadId,
    load: (at) => fetchThread(roomId, threadId, at),
    onPage: ({ chat, place }) => threads.learn([{ chat, place }]),
  })
  const { actions, asked } = createChatActions(() => props.room, {
    reply: (chat) => {
      setEditing(null)
      setReplyTo(chat)
    },
    edit: (chat) => {
      setReplyTo(null)
      setEditing(chat)
    },
    openThread: null,
    markUnread: null,
    jump: (seq) => void (props.at === seq && list?.go({ type: 'chat', seq })),
  })
  const editLast = (): void => {
    const mine = thread.replies()?.replies.findLast((chat) => actions.mayEdit(chat))
    if (!mine) return
    setEditing(mine)
    list?.reveal(mine.id)
  }
  return (
    <section
      class="thread"
      onKeyDown={(event) => {
        // Escape on a row leads back to writing; from there it closes the panel.
        const isRow = event.target instanceof HTMLElement && event.target.closest('[data-key]')
        if (event.key !== 'Escape' || event.shiftKey || !isRow || event.defaultPrevented) return
        event.preventDefault()
        composer?.focus()
      }}
    >
      <ThreadTimeline
        threadId={threadId}
        thread={thread}
        at={props.at}
        editingId={editing()?.id ?? null}
        actions={actions}
        isPageActive={isPageActive}
        ref={(handle) => (list = handle)}
      />
      <Show
        when={props.room.archivedAt === null}
        fallback={<p class="room-archived">{t('chats.archivedNotice')}</p>}
      >
        <Show when={thread.replies()}>
          <Composer
            room={props.room}
            threadId={threadId}
            editing={editing()}
            replyTo={replyTo()}
            onEndReply={() => setReplyTo(null)}
            onEditLast={editLast}
            onEndEdit={() => setEditing(null)}
            onSent={() => void list?.go({ type: 'end' })}
            ref={(handle) => (composer = handle)}
          />
        </Show>
      </Show>
      <Announcer
        timeline={{
          chats: () => thread.replies()?.replies ?? [],
          hasAfter: () => thread.replies()?.hasAfter !== false,
        }}
        shows={() => true}
      />
      <ChatDialogs asked={asked} room={roomTitle(props.room)} />
    </section>
  )
}
