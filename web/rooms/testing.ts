import type { MyRoom } from '../../src/protocol/rooms.ts'

export const ada = { id: 'a', handle: 'ada', name: 'Ada', avatarColor: 1 }
export const grace = { id: 'g', handle: 'grace', name: 'Grace', avatarColor: 2 }

/** A room of mine named after its id, quiet unless told otherwise. */
export const room = (id: string, over: Partial<MyRoom> = {}): MyRoom => ({
  id,
  kind: 'public',
  slug: id,
  name: id,
  topic: '',
  head: 0,
  lastSeq: 0,
  lastMainSeq: 0,
  memberCount: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  archivedAt: null,
  lastChatAt: null,
  role: 'member',
  readSeq: 0,
  unread: 0,
  mentionSeqs: [],
  preferences: { notify: null, muted: false },
  people: [],
  ...over,
})

export const direct = (id: string, over: Partial<MyRoom> = {}): MyRoom =>
  room(id, { kind: 'direct', slug: null, name: '', people: [ada, grace], ...over })
