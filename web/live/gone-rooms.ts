import { createSignal } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'

/** A room that I was in until now, as it was. */
export interface GoneRoom {
  room: MyRoom
  /** Someone took me out. Otherwise it is not known: I may have left in another tab. */
  isRemoved: boolean
}

export interface GoneRooms {
  at: (address: string) => GoneRoom | undefined
  went: (gone: GoneRoom) => void
  /** I am in it again. */
  back: (roomId: string) => void
}

/** Rooms that went while this page was open, so that whoever looks at one is told why it is gone. */
export function createGoneRooms(): GoneRooms {
  const [rooms, setRooms] = createSignal<readonly GoneRoom[]>([])
  const others = (roomId: string) => rooms().filter(({ room }) => room.id !== roomId)

  return {
    at: (address) => rooms().find(({ room }) => room.slug === address || room.id === address),
    went: (gone) => void setRooms([...others(gone.room.id), gone]),
    back: (roomId) => void setRooms(others(roomId)),
  }
}
