import type { Chat, HistoryPage } from '../../src/protocol/chats.ts'
import { limits } from '../../src/protocol/limits.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import type { HistoryAt } from './timeline.ts'

/** What the live store asks for by REST. */

export const fetchMyRooms = async (): Promise<MyRoom[]> => (await call(api.rooms.$get())).rooms

export const fetchPage = (roomId: string, at: HistoryAt): Promise<HistoryPage> =>
  call(api.rooms[':roomId'].chats.$get({ param: { roomId }, query: queryOf(at) }))

export const fetchPresence = async () => (await call(api.users.presence.$get())).presence

export const editChat = async (chat: Chat, message: string): Promise<Chat> => {
  const param = { roomId: chat.roomId, chatId: chat.id }
  return (await call(api.rooms[':roomId'].chats[':chatId'].$patch({ param, json: { message } })))
    .chat
}

export const deleteChat = async (chat: Chat): Promise<Chat> => {
  const param = { roomId: chat.roomId, chatId: chat.id }
  return (await call(api.rooms[':roomId'].chats[':chatId'].$delete({ param }))).chat
}

export const markUnread = async (roomId: string, seq: number): Promise<void> => {
  const json = { seq: Math.max(0, seq - 1), back: true }
  await call(api.rooms[':roomId'].read.$post({ param: { roomId }, json }))
}

const limit = String(limits.historyDefault)

const queryOf = (at: HistoryAt) => {
  if ('before' in at) return { limit, before: String(at.before) }
  if ('after' in at) return { limit, after: String(at.after) }
  if ('around' in at) return { limit, around: String(at.around) }
  return { limit }
}
