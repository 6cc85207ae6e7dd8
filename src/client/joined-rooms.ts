import type { Chat } from '../protocol/chats.ts'
import type { ClientFrame } from '../protocol/frames.ts'
import { limits } from '../protocol/limits.ts'
import { backoffMs } from './backoff.ts'
import {
  type PreviewFrame,
  type Previews,
  applyPreviews,
  confirmPreviews,
  noPreviews,
} from './previews.ts'
import {
  type Applied,
  type Joined,
  type RoomFrame,
  type RoomNews,
  type RoomView,
  applyFrame,
  openView,
  reloadView,
  trimView,
} from './room-view.ts'
import type { Runtime } from './runtime.ts'

export interface JoinedRoomsOptions {
  send: (frame: ClientFrame) => boolean
  /** A page of what comes after `after`, oldest first, by REST. */
  history: (roomId: string, after: number) => Promise<{ chats: Chat[]; hasAfter: boolean }>
  onNews: (news: RoomNews) => void
  onJoined: (view: RoomView) => void
  onPreviews: (roomId: string) => void
  /** How many chats of a room stay in memory. */
  keep: number
  runtime: Runtime
}

interface JoinedRoom {
  /** Null until the first `joined`. */
  view: RoomView | null
  waiters: { resolve: (view: RoomView) => void; reject: (error: Error) => void }[]
  /** A `join_room` for a hole is under way. */
  isHealing: boolean
  /** While it is read anew from history: the `joined` that asked for it, and the frames since. */
  reload: { joined: Joined; frames: RoomFrame[] } | null
  previews: Previews
}

/** The rooms that a client listens to: each with its view, its holes healed. */
export interface JoinedRooms {
  join: (roomId: string, from?: { head: number; lastSeq: number }) => Promise<RoomView>
  leave: (roomId: string) => void
  view: (roomId: string) => RoomView | null
  apply: (frame: RoomFrame) => void
  previews: (roomId: string) => Previews
  applyPreviews: (frame: PreviewFrame) => void
  /** The connection is gone, and with it all previews (PV3). */
  lost: () => void
  /** The server takes the room away, or never let it be joined. Answers whether it was here. */
  gone: (roomId: string, error: Error) => boolean
  /** After `hello`: asks for everything missed, in one `sync`. `epoch` is that of the last `hello`. */
  sync: (epoch: string | undefined) => void
  end: (error: Error) => void
}

export function createJoinedRooms(options: JoinedRoomsOptions): JoinedRooms {
  const { send, history, onNews, onJoined, onPreviews, keep, runtime } = options
  const rooms = new Map<string, JoinedRoom>()

  const setPreviews = (roomId: string, room: JoinedRoom, previews: Previews): void => {
    if (previews === room.previews) return
    room.previews = previews
    onPreviews(roomId)
  }

  const settle = (roomId: string, room: JoinedRoom, applied: Applied): void => {
    room.view = trimView(applied.view, keep)
    const stored = applied.news.map(({ chat }) => chat)
    // First, so that whoever hears of a chat finds it in one place.
    setPreviews(roomId, room, confirmPreviews(room.previews, stored))
    for (const news of applied.news) onNews(news)
    if (!applied.hole || room.isHealing) return
    room.isHealing = send({ type: 'join_room', roomId, after: room.view.head })
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => void runtime.timer(ms, resolve))

  /** All rows from the oldest held, or from what was told last, to the newest. */
  const readAnew = async (room: JoinedRoom, view: RoomView, isWanted: () => boolean) => {
    const rows: Chat[] = []
    let after = (view.chats[0]?.seq ?? view.lastSeq + 1) - 1
    for (let failures = 0; isWanted();) {
      try {
        const page = await history(view.roomId, after)
        failures = 0
        rows.push(...page.chats)
        after = page.chats.at(-1)?.seq ?? after
        if (!page.hasAfter || page.chats.length === 0) break
      } catch {
        await pause(backoffMs((failures += 1), runtime.random))
      }
    }
    return rows
  }

  const reload = async (room: JoinedRoom, view: RoomView, joined: Joined): Promise<void> => {
    const mine = { joined, frames: [] }
    room.reload = mine
    const isWanted = (): boolean => room.reload === mine && rooms.get(view.roomId) === room
    const rows = await readAnew(room, view, isWanted)
    if (!isWanted()) return
    const { frames } = room.reload
    room.reload = null
    settle(view.roomId, room, reloadView(room.view ?? view, joined, rows))
    for (const frame of frames) apply(frame)
  }

  const apply = (frame: RoomFrame): void => {
    const roomId = frame.type === 'joined' ? frame.roomId : frame.chat.roomId
    const room = rooms.get(roomId)
    if (!room) return
    if (frame.type !== 'joined') {
      if (room.reload) room.reload.frames.push(frame)
      else if (room.view) settle(roomId, room, applyFrame(room.view, frame))
      return
    }
    room.isHealing = false
    room.reload = null
    const view = (room.view ??= openView(frame))
    const applied = applyFrame(view, frame)
    if (applied.tooFar) {
      // What became of them may be among what was missed.
      setPreviews(roomId, room, noPreviews)
      void reload(room, view, frame)
    } else {
      settle(roomId, room, applied)
    }
    onJoined(room.view)
    for (const { resolve } of room.waiters.splice(0)) resolve(room.view)
  }

  const request = (roomId: string, { view }: JoinedRoom): { roomId: string; after?: number } =>
    view ? { roomId, after: view.head } : { roomId }

  return {
    apply,
    view: (roomId) => rooms.get(roomId)?.view ?? null,
    previews: (roomId) => rooms.get(roomId)?.previews ?? noPreviews,

    applyPreviews(frame) {
      const room = rooms.get(frame.roomId)
      // Without a view they are of an earlier stay: what confirms them may have passed unheard.
      if (!room?.view) return
      setPreviews(frame.roomId, room, applyPreviews(room.previews, frame, room.view.chats))
    },

    lost() {
      for (const [roomId, room] of rooms) setPreviews(roomId, room, noPreviews)
    },

    join(roomId, from) {
      const there = rooms.get(roomId)
      if (there?.view && there.waiters.length === 0) return Promise.resolve(there.view)
      return new Promise((resolve, reject) => {
        const room: JoinedRoom = there ?? {
          view: from ? openView({ roomId, ...from }) : null,
          waiters: [],
          isHealing: false,
          reload: null,
          previews: noPreviews,
        }
        room.waiters.push({ resolve, reject })
        rooms.set(roomId, room)
        // When offline, the next `sync` asks.
        if (!there) send({ type: 'join_room', ...request(roomId, room) })
      })
    },

    leave(roomId) {
      if (rooms.delete(roomId)) send({ type: 'leave_room', roomId })
    },

    gone(roomId, error) {
      const room = rooms.get(roomId)
      rooms.delete(roomId)
      for (const { reject } of room?.waiters ?? []) reject(error)
      return room !== undefined
    },

    sync(epoch) {
      const wanted = [...rooms].map(([roomId, room]) => request(roomId, room))
      for (const room of rooms.values()) room.isHealing = true
      for (let at = 0; at < wanted.length; at += limits.syncRooms) {
        const part = wanted.slice(at, at + limits.syncRooms)
        send({ type: 'sync', ...(epoch !== undefined && { epoch }), rooms: part })
      }
    },

    end(error) {
      for (const room of rooms.values()) {
        room.reload = null
        for (const { reject } of room.waiters.splice(0)) reject(error)
      }
      rooms.clear()
    },
  }
}
