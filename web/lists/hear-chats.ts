import type { Chat } from '../../src/protocol/chats.ts'
import type { Live } from '../live/index.ts'
import type { Pages } from './create-pages.ts'

/** Keeps the chats of a list as they are now, until the owner is disposed of. */
export function hearChats<Item>(
  live: Pick<Live, 'onNews'>,
  pages: Pages<Item>,
  chatOf: (item: Item) => Chat,
  withChat: (item: Item, chat: Chat) => Item,
): void {
  live.onNews(({ chat }) => {
    const isOlder = (item: Item): boolean =>
      chatOf(item).id === chat.id && chatOf(item).rev < chat.rev
    if (!pages.items().some(isOlder)) return
    pages.change((items) => items.map((item) => (isOlder(item) ? withChat(item, chat) : item)))
  })
}
