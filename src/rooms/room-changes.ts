import type { Sql } from 'postgres'
import type { AnySql } from '../chats/chat-row.ts'
import { refused } from '../chats/refusals.ts'
import { violatedIndex } from '../db/sql-errors.ts'
import type { RoomRole } from '../protocol/rooms.ts'
import type { RoomOp, WriteResult } from '../realtime/ports.ts'
import { applyChange } from './apply-change.ts'
import { myRoom } from './my-rooms.ts'
import { roomColumns, type RoomRow } from './room-row.ts'
import { maySee, type Standing } from './rules.ts'
import { tellRoom } from './system-chats.ts'

/** Another room took the same address between our look and our write: look again this often. */
const slugTries = 5

/**
 * Applies one change of a room in one transaction: lock the room, check the right inside, write,
 * tell it as system chats. A change that changes nothing answers with no chats.
 */
export async function commitRoomChange(
  sql: Sql,
  newId: () => string,
  op: RoomOp,
  tries = slugTries,
): Promise<WriteResult> {
  try {
    return await sql.begin((tx) => changeRoom(tx, newId, op))
  } catch (error) {
    const taken = violatedIndex(error)
    if (taken === 'rooms_name_key') return refused('name_taken')
    if (taken === 'rooms_slug' && tries > 1) return commitRoomChange(sql, newId, op, tries - 1)
    throw error
  }
}

async function changeRoom(sql: AnySql, newId: () => string, op: RoomOp): Promise<WriteResult> {
  const [room] = await sql<RoomRow[]>`
    select ${roomColumns(sql)} from rooms where rooms.id = ${op.roomId} for no key update`
  if (room === undefined) return refused('not_found')
  const standing = await standingOf(sql, room, op.actor.id)
  const unseen = maySee(standing)
  if (unseen) return refused(unseen)

  const applied = await applyChange(sql, room, standing, op)
  if (typeof applied === 'string') return refused(applied)

  const { joined, gone, events } = applied
  const membersDelta = (joined ? 1 : 0) - (gone ? 1 : 0)
  const told =
    events.length === 0
      ? { chats: [] }
      : await tellRoom(sql, { room, actor: op.actor, events, membersDelta, newId })
  const theirs = joined && (await myRoom(sql, joined, op.roomId))
  return {
    ok: true,
    ...told,
    ...(joined && theirs && { joined: { userId: joined, room: theirs } }),
    ...(gone && { gone }),
  }
}

async function standingOf(sql: AnySql, room: RoomRow, userId: string): Promise<Standing> {
  const [row] = await sql<{ role: RoomRole | null; owners: number }[]>`
    select
      (select role from members where room_id = ${room.id} and user_id = ${userId}) as role,
      (select count(*) from members where room_id = ${room.id} and role = 'owner')::int as owners`
  return {
    kind: room.kind,
    archived: room.archived_at !== null,
    role: row?.role ?? null,
    owners: row?.owners ?? 0,
    memberCount: room.member_count,
  }
}
