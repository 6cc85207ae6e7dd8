import { For } from 'solid-js'
import { api, call } from '../api.ts'
import { useMarks } from '../chats/marks-context.tsx'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { IconButton } from '../ui/button.tsx'
import { BookmarkX } from '../ui/icons.ts'
import { EmptyState } from '../ui/states.tsx'
import { ChatCard } from './chat-card.tsx'
import { createPages } from './create-pages.ts'
import { Endless } from './endless.tsx'
import { hearChats } from './hear-chats.ts'
import { ListPage } from './list-page.tsx'

/** What I keep for later, the last kept first. */
export default function SavedPage() {
  const live = useLive()
  const marks = useMarks()
  const pages = createPages(
    async (cursor) => {
      const { saved, nextCursor } = await call(
        api.saved.$get({ query: cursor === null ? {} : { cursor } }),
      )
      live.learnUsers(saved.map(({ chat }) => chat.sender))
      return { items: saved.map(({ chat }) => chat), nextCursor }
    },
    (chat) => chat.id,
  )
  hearChats(
    live,
    pages,
    (chat) => chat,
    (_, chat) => chat,
  )
  live.on('saved', ({ saved }) => saved && pages.reload())
  // Taken off here or on another device it goes at once, and comes back when that is refused.
  const shown = () => pages.items().filter((chat) => !marks.isTakenOff(chat.id))
  return (
    <ListPage title={t('talk.savedTitle')}>
      <Endless
        pages={pages}
        count={shown().length}
        empty={
          <EmptyState drawing="chats" title={t('talk.savedEmpty')}>
            {t('talk.savedEmptyText')}
          </EmptyState>
        }
      >
        <div class="chat-cards">
          <For each={shown()}>
            {(chat) => (
              <ChatCard
                chat={chat}
                actions={
                  <IconButton
                    small
                    label={t('talk.unsave')}
                    onClick={() => void marks.save(chat, false)}
                  >
                    <BookmarkX />
                  </IconButton>
                }
              />
            )}
          </For>
        </div>
      </Endless>
    </ListPage>
  )
}
