import type { Chat } from '../protocol/chats.ts'

const sender = {
  id: '0190b1f0-0000-7000-8000-000000000001',
  handle: 'ada',
  name: 'Ada',
  avatarColor: 3,
}

/** A chat of room `r` as the wire shows it; what a test does not care for is made up. */
export const chatOf = (seq: number, rev = seq, message = `chat ${seq}, rev ${rev}`): Chat => ({
  id: `0190b1f0-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  roomId: 'r',
  seq,
  rev,
  kind: 'text',
  sender,
  cid: `c${seq}`,
  message,
  event: null,
  mentions: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  editedAt: null,
  deletedAt: null,
})
