import type { Sql } from 'postgres'
import { refusal } from '../chats/refusals.ts'
import { violatedIndex } from '../db/sql-errors.ts'
import { AppError } from '../protocol/errors.ts'
import type { MyRoom } from '../protocol/rooms.ts'
import { lookalikeKey } from '../protocol/text.ts'
import type { User } from '../protocol/users.ts'
import { myRoom } from './my-rooms.ts'
import { roomColumns, type RoomRow } from './room-row.ts'
import { freeSlug } from './slug.ts'
import { tellRoom } from './system-chats.ts'

export interface NewRoom {
  actor: User
  name: string
  kind: 'public' | 'private'
  topic: string
}

/**
 * Makes a room with its owner in it, told by a system chat, in one transaction.
 * @throws AppError `name_taken`
 */
export async function createRoom(
  sql: Sql,
  newId: () => string,
  room: NewRoom,
  tries = 5,
): Promise<MyRoom> {
  try {
    return await sql.begin(async (tx) => {
      const id = newId()
      const slug = await freeSlug(tx, room.name, id)
      const [row] = await tx<RoomRow[]>`
        insert into rooms (id, kind, slug, name, name_key, topic, created_by)
        values (${id}, ${room.kind}, ${slug}, ${room.name}, ${lookalikeKey(room.name)},
          ${room.topic}, ${room.actor.id})
        returning ${roomColumns(tx)}`
      if (!row) throw new AppError('internal', 'The room was not stored')
      await tx`
        insert into members (room_id, user_id, role, read_seq)
        values (${id}, ${room.actor.id}, 'owner', 1)`
      const events = [{ type: 'created' } as const]
      await tellRoom(tx, { room: row, actor: room.actor, events, membersDelta: 1, newId })
      const made = await myRoom(tx, room.actor.id, id)
      if (!made) throw new AppError('internal', 'The room was not stored')
      return made
    })
  } catch (error) {
    const taken = violatedIndex(error)
    // Another room took the address between our look and our write.
    if (taken === 'rooms_slug' && tries > 1) return createRoom(sql, newId, room, tries - 1)
    if (taken !== 'rooms_name_key') throw error
    throw refusal('name_taken', error)
  }
}
