import { isInMainLine } from '../../src/protocol/main-line.ts'
import { fetchPage } from '../live/rest.ts'
import { fetchThread } from '../threads/thread-rest.ts'
import { firstOf, type Lines } from './first-lines.ts'
import type { Item } from './items.ts'

/** The first words that I have not read. @throws ApiError */
export async function fetchLines(item: Item, meId: string): Promise<Lines> {
  if (item.root) {
    const page = await fetchThread(item.roomId, item.root.id, { after: item.readSeq })
    return firstOf(page.replies, page.hasAfter, meId)
  }
  const page = await fetchPage(item.roomId, { after: item.readSeq })
  return firstOf(page.chats.filter(isInMainLine), page.hasAfter, meId)
}
