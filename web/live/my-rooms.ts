import { batch, createMemo, type Accessor } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { MyRoom, Room } from '../../src/protocol/rooms.ts'
import { mergeTold, withNews, withRead, withUnread } from './room-facts.ts'

export interface MyRooms {
  all: Accessor<readonly MyRoom[]>
  get: (id: string) => MyRoom | undefined
  bySlug: (slug: string) => MyRoom | undefined
  /** One room as just told; `fresh` when nothing that is held counts any more. */
  put: (room: MyRoom, fresh?: boolean) => void
  update: (room: Room) => void
  /** Replaces a room that is held by what `next` makes of it. */
  change: (id: string, next: (held: MyRoom) => MyRoom) => void
  remove: (id: string) => void
  news: (id: string, news: readonly RoomNews[], meId: string) => void
  /** Reading goes back only with `back`. */
  read: (id: string, seq: number, back?: boolean) => void
}

/** My rooms. Each is one reactive object for as long as I am in it, so that its row in a list stays. */
export function createMyRooms(): MyRooms {
  const [rooms, setRooms] = createStore<Record<string, MyRoom | undefined>>({})
  const all = createMemo(() => Object.values(rooms).filter((room) => room !== undefined))
  const slugs = createMemo(() => new Map(all().map((room) => [room.slug, room.id])))

  const change = (id: string, next: (held: MyRoom) => MyRoom): void => {
    const held = rooms[id]
    if (held) setRooms(id, reconcile(next(held)))
  }

  return {
    all,
    get: (id) => rooms[id],
    bySlug: (slug) => rooms[slugs().get(slug) ?? ''],
    put: (room, fresh = false) => {
      const held = rooms[room.id]
      const next = fresh ? room : mergeTold(held, room)
      batch(() => (held ? setRooms(room.id, reconcile(next)) : setRooms(room.id, next)))
    },
    update: (room) =>
      change(room.id, (held) => ({
        ...held,
        ...room,
        head: Math.max(held.head, room.head),
        lastSeq: Math.max(held.lastSeq, room.lastSeq),
        lastMainSeq: Math.max(held.lastMainSeq, room.lastMainSeq),
        lastChatAt: room.head >= held.head ? room.lastChatAt : held.lastChatAt,
        unread: Math.max(0, Math.max(held.lastMainSeq, room.lastMainSeq) - held.readSeq),
      })),
    change,
    remove: (id) => setRooms(id, undefined),
    news: (id, news, meId) => {
      if (news.length > 0) change(id, (held) => withNews(held, news, meId))
    },
    read: (id, seq, back = false) => {
      if (back) change(id, (held) => withUnread(held, { ...held, readSeq: seq }))
      else if ((rooms[id]?.readSeq ?? seq) < seq) change(id, (held) => withRead(held, seq))
    },
  }
}
