import { useSearchParams } from '@solidjs/router'
import { For, lazy, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { ChatCard } from '../lists/chat-card.tsx'
import { createPages } from '../lists/create-pages.ts'
import { Endless } from '../lists/endless.tsx'
import { hearChats } from '../lists/hear-chats.ts'
import { ListPage } from '../lists/list-page.tsx'
import { useLive } from '../live/index.ts'
import { usePanel } from '../rooms/panel-state.ts'
import { Panel } from '../rooms/room-panel.tsx'
import { roomTitle } from '../rooms/room-state.ts'
import { EmptyState } from '../ui/states.tsx'
import { FollowButton } from './follow-button.tsx'
import { threadPages, type ListedThread } from './my-threads-pages.ts'
import { ThreadLine } from './thread-line.tsx'
import { fetchThreads } from './thread-rest.ts'
import { useThreads } from './threads-context.tsx'

const ThreadPanel = lazy(() => import('./thread-panel.tsx'))

/** All threads that I follow, unread ones first; one opens beside the list, `?thread=CHATID&in=ROOMID`. */
export default function ThreadsPage() {
  const live = useLive()
  const threads = useThreads()
  const { thread, threadAt } = usePanel()
  const [query, setQuery] = useSearchParams<{ in?: string }>()
  const pages = createPages(
    async (cursor) => {
      const page = await threadPages(fetchThreads)(cursor)
      threads.learn(page.items)
      live.learnUsers(page.items.map(({ chat }) => chat.sender))
      return page
    },
    ({ chat }: ListedThread) => chat.id,
  )
  hearChats(
    live,
    pages,
    ({ chat }) => chat,
    (item, chat) => ({ ...item, chat }),
  )
  // A thread that begins to concern me while the list is open.
  live.onNews(({ chat }) => {
    const place = threads.mark(chat.id)
    if (!chat.thread || !place || pages.items().some((item) => item.chat.id === chat.id)) return
    pages.change((items) => [{ chat, place, wasUnread: true }, ...items])
  })
  const shown = () => pages.items().filter(({ chat }) => threads.mark(chat.id)?.follows !== false)
  const of = (wasUnread: boolean) => shown().filter((item) => item.wasUnread === wasUnread)
  const room = () => live.room(query.in ?? '')

  return (
    <div class="room-place">
      <div class="room-main">
        <ListPage title={t('talk.threads')}>
          <Endless
            pages={pages}
            count={shown().length}
            empty={
              <EmptyState drawing="chats" title={t('talk.threadsEmpty')}>
                {t('talk.threadsEmptyText')}
              </EmptyState>
            }
          >
            <Section title={t('talk.threadsUnread')} items={of(true)} />
            <Section
              title={t('talk.threadsEarlier')}
              items={of(false)}
              hidesTitle={of(true).length === 0}
            />
          </Endless>
        </ListPage>
      </div>
      <Show when={thread()} keyed>
        {(threadId) => (
          <Show when={room()}>
            {(known) => (
              <Panel
                title={t('talk.threadIn', { room: roomTitle(known()) })}
                actions={<FollowButton threadId={threadId} />}
                leavesFocus
              >
                <ThreadPanel room={known()} threadId={threadId} at={threadAt()} />
              </Panel>
            )}
          </Show>
        )}
      </Show>
    </div>
  )

  function Section(props: { title: string; items: ListedThread[]; hidesTitle?: boolean }) {
    return (
      <Show when={props.items.length > 0}>
        <section class="chat-cards" aria-label={props.title}>
          <Show when={!props.hidesTitle}>
            <h2 class="list-heading">{props.title}</h2>
          </Show>
          <For each={props.items}>
            {({ chat }) => (
              <ChatCard
                chat={chat}
                href={`/threads?thread=${chat.id}&in=${chat.roomId}`}
                isUnread={threads.isUnread(chat.id)}
                isCurrent={thread() === chat.id}
              >
                <ThreadLine
                  chat={chat}
                  onOpen={() =>
                    setQuery({ thread: chat.id, in: chat.roomId, at: null }, { scroll: false })
                  }
                />
              </ChatCard>
            )}
          </For>
        </section>
      </Show>
    )
  }
}
