import { batch, createMemo, createSignal, untrack, type Accessor } from 'solid-js'
import { createStore, reconcile, type SetStoreFunction } from 'solid-js/store'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { MyRoom, Room } from '../../src/protocol/rooms.ts'
import { createKeyed } from './create-keyed.ts'
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

/** A room and what changes it. */
interface Held {
  room: MyRoom
  set: SetStoreFunction<MyRoom>
}

/** My rooms. Each is one reactive object for as long as I am in it, so that its row in a list stays. */
export function createMyRooms(): MyRooms {
  const byId = createKeyed<Held>()
  const get = (id: string) => byId.get(id)?.room
  const [listed, relist] = createSignal(undefined, { equals: false })
  // Which rooms there are and where, not what each of them says: news of one is none for the list.
  const all = createMemo(() => {
    listed()
    return untrack(() => byId.keys().flatMap((id) => get(id) ?? []))
  })
  const slugs = createMemo(() => {
    const rooms = all()
    return untrack(() => new Map(rooms.map((room) => [room.slug, room.id])))
  })

  const add = (told: MyRoom): void => {
    const [room, set] = createStore(told)
    byId.set(told.id, { room, set })
    relist()
  }
  const replace = ({ room, set }: Held, next: MyRoom): void => {
    const isElsewhere = room.slug !== next.slug
    set(reconcile(next))
    if (isElsewhere) relist()
  }
  const change = (id: string, next: (room: MyRoom) => MyRoom): void => {
    const known = byId.get(id)
    if (known) batch(() => replace(known, next(known.room)))
  }

  return {
    all,
    get,
    bySlug: (slug) => get(slugs().get(slug) ?? ''),
    put: (told, fresh = false) => {
      const known = byId.get(told.id)
      batch(() => (known ? replace(known, fresh ? told : mergeTold(known.room, told)) : add(told)))
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
    remove: (id) =>
      batch(() => {
        byId.set(id, undefined)
        relist()
      }),
    news: (id, news, meId) => {
      if (news.length > 0) change(id, (held) => withNews(held, news, meId))
    },
    read: (id, seq, back = false) => {
      if (back) change(id, (held) => withUnread(held, { ...held, readSeq: seq }))
      else if ((get(id)?.readSeq ?? seq) < seq) change(id, (held) => withRead(held, seq))
    },
  }
}
