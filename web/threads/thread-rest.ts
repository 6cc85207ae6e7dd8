import type { ThreadPage, ThreadsPage } from '../../src/protocol/threads.ts'
import { limits } from '../../src/protocol/limits.ts'
import { api, call } from '../api.ts'
import type { ThreadsPorts } from './create-threads.ts'

/** What threads ask for by REST. */

const thread = api.rooms[':roomId'].chats[':chatId'].thread

export type RepliesAt = { before: number } | { after: number } | { around: number } | 'newest'

export const fetchThread = (
  roomId: string,
  chatId: string,
  at: RepliesAt,
  limit: number = limits.historyDefault,
): Promise<ThreadPage> => {
  const query = Object.entries(at === 'newest' ? {} : at).map(([name, seq]) => [name, String(seq)])
  return call(
    thread.$get({
      param: { roomId, chatId },
      query: { limit: String(limit), ...Object.fromEntries(query) },
    }),
  )
}

export const fetchThreads = (query: { cursor?: string; unread?: 'true' }): Promise<ThreadsPage> =>
  call(api.threads.$get({ query }))

export const threadsRest: Omit<ThreadsPorts, 'live'> = {
  places: () => call(api.threads.places.$get()),
  place: (roomId, threadId) => fetchThread(roomId, threadId, 'newest', 1),
  follow: async (roomId, chatId, follows) =>
    (await call(thread.follow.$put({ param: { roomId, chatId }, json: { follows } }))).place,
  read: async (roomId, chatId, seq) =>
    (await call(thread.read.$post({ param: { roomId, chatId }, json: { seq } }))).place,
}
