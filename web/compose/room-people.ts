import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { api, call } from '../api.ts'
import { useLive } from '../live/index.ts'

/** In a larger room the rest is found by searching. */
const pagesMost = 10

export interface RoomPeople {
  /** Who is in the room, as far as it is known. */
  members: Accessor<readonly User[]>
  /** All of them are. */
  isComplete: Accessor<boolean>
  /** Asks for them, when they are not known yet. */
  load: () => void
}

/** Who is in a room: asked when first needed, and again once someone came or went. */
export function createRoomPeople(room: () => MyRoom): RoomPeople {
  const live = useLive()
  const [members, setMembers] = createSignal<readonly User[]>([])
  const [isComplete, setComplete] = createSignal(false)
  const isDirect = (): boolean => room().kind === 'direct'
  let isWanted = false
  let isOver = false
  onCleanup(() => (isOver = true))

  const ask = async (): Promise<void> => {
    const { id: roomId, memberCount } = room()
    const all: User[] = []
    let cursor: string | undefined
    try {
      for (let page = 0; page < pagesMost; page += 1) {
        const answer = await call(
          api.rooms[':roomId'].members.$get({ param: { roomId }, query: cursor ? { cursor } : {} }),
        )
        all.push(...answer.members.map(({ user }) => user))
        cursor = answer.nextCursor ?? undefined
        if (!cursor) break
      }
    } catch {
      // Without a line there is nobody to offer; the next time it is needed asks again.
      isWanted = false
      return
    }
    // Asked anew meanwhile: that answer counts.
    if (isOver || room().memberCount !== memberCount) return
    live.learnUsers(all)
    setMembers(all)
    setComplete(cursor === undefined)
  }
  createEffect(
    on(
      () => room().memberCount,
      () => isWanted && void ask(),
      { defer: true },
    ),
  )

  return {
    members: () => (isDirect() ? [live.me(), ...room().people] : members()),
    isComplete: () => isDirect() || isComplete(),
    load: () => {
      if (isWanted || isDirect()) return
      isWanted = true
      void ask()
    },
  }
}
