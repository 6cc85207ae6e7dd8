import type { Chat, Preview } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'

/** For tests: a Storage in memory. */
export function memoryStorage(): Storage {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    clear: () => held.clear(),
    getItem: (key) => held.get(key) ?? null,
    key: (at) => [...held.keys()][at] ?? null,
    removeItem: (key) => void held.delete(key),
    setItem: (key, value) => void held.set(key, value),
  }
}

export const ada: User = { id: 'ada', handle: 'ada', name: 'Ada', avatarColor: 0 }
export const bob: User = { id: 'bob', handle: 'bob', name: 'Bob', avatarColor: 1 }

/** For tests: a room of mine, empty and read unless told. */
export const roomAt = (id: string, more: Partial<MyRoom> = {}): MyRoom => ({
  id,
  kind: 'public',
  slug: id,
  name: id,
  topic: '',
  head: 0,
  lastSeq: 0,
  lastMainSeq: 0,
  memberCount: 2,
  createdAt: '2026-11-21T09:00:00.000Z',
  archivedAt: null,
  lastChatAt: null,
  role: 'member',
  readSeq: 0,
  unread: 0,
  mentionSeqs: [],
  preferences: { notify: null, muted: false },
  people: [],
  ...more,
})

/** For tests: the preview of the chat that `chatAt` would make of it. */
export const previewAt = (seq: number, more: Partial<Preview> = {}): Preview => {
  const { id, sender, cid, message, createdAt } = chatAt(seq)
  return { id, sender, cid, message, sentAt: createdAt, ...more }
}

/** For tests: the chat at `seq`, a minute after the one before it unless told. */
export const chatAt = (seq: number, more: Partial<Chat> = {}): Chat => ({
  id: `chat-${seq}`,
  roomId: 'room',
  seq,
  rev: seq,
  kind: 'text',
  sender: ada,
  cid: `cid-${seq}`,
  message: `chat ${seq}`,
  event: null,
  mentions: [],
  createdAt: new Date(Date.UTC(2026, 10, 21, 9, seq)).toISOString(),
  editedAt: null,
  deletedAt: null,
  ...more,
})
