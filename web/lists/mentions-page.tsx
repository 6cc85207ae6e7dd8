import { For } from 'solid-js'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { EmptyState } from '../ui/states.tsx'
import { ChatCard } from './chat-card.tsx'
import { createPages } from './create-pages.ts'
import { Endless } from './endless.tsx'
import { hearChats } from './hear-chats.ts'
import { ListPage } from './list-page.tsx'

/** Everything that mentions me, the newest first. */
export default function MentionsPage() {
  const live = useLive()
  const pages = createPages(
    async (cursor) => {
      const { chats, nextCursor } = await call(
        api.mentions.$get({ query: cursor === null ? {} : { cursor } }),
      )
      live.learnUsers(chats.map((chat) => chat.sender))
      return { items: chats, nextCursor }
    },
    (chat) => chat.id,
  )
  hearChats(
    live,
    pages,
    (chat) => chat,
    (_, chat) => chat,
  )
  live.onNews(({ type, chat }) => {
    const meId = live.me().id
    const isForMe = chat.mentions.includes(meId) || chat.everyone !== undefined
    if (type === 'chat' && isForMe && chat.sender.id !== meId)
      pages.change((items) => [chat, ...items.filter(({ id }) => id !== chat.id)])
  })
  const shown = () => pages.items().filter((chat) => chat.deletedAt === null)
  const isUnread = (roomId: string, seq: number) =>
    live.room(roomId)?.mentionSeqs.includes(seq) === true
  return (
    <ListPage title={t('talk.mentions')}>
      <Endless
        pages={pages}
        count={shown().length}
        empty={
          <EmptyState drawing="people" title={t('talk.mentionsEmpty')}>
            {t('talk.mentionsEmptyText')}
          </EmptyState>
        }
      >
        <div class="chat-cards">
          <For each={shown()}>
            {(chat) => <ChatCard chat={chat} isUnread={isUnread(chat.roomId, chat.seq)} />}
          </For>
        </div>
      </Endless>
    </ListPage>
  )
}
