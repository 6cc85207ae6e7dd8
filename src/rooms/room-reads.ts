import type { Sql } from 'postgres'
import type { Counter } from '../chats/chat-row.ts'
import { refusal } from '../chats/refusals.ts'
import type { RoomRole } from '../protocol/rooms.ts'
import type { RoomReads } from '../realtime/ports.ts'
import { myRoom } from './my-rooms.ts'
import { roomColumns, roomOf, type RoomRow } from './room-row.ts'

/** What the live core asks about rooms, answered by Postgres. */
export function createRoomReads({ sql }: { sql: Sql }): RoomReads {
  return {
    places: async (userId, roomIds) => {
      const rows = await sql<PlaceRow[]>`
        select members.room_id, members.role, members.read_seq, rooms.head, rooms.last_seq
        from members join rooms on rooms.id = members.room_id
        where members.user_id = ${userId} and members.room_id = any (${roomIds})`
      return rows.map((row) => ({
        roomId: row.room_id,
        role: row.role,
        head: Number(row.head),
        lastSeq: Number(row.last_seq),
        readSeq: Number(row.read_seq),
      }))
    },
    refusal: async (userId, roomId) => {
      const rows = await sql`
        select from rooms
        where rooms.id = ${roomId} and (rooms.kind = 'public' or exists (
          select from members where members.room_id = rooms.id and members.user_id = ${userId}))`
      return refusal(rows.length === 0 ? 'not_found' : 'not_member')
    },
    mine: (userId, roomId) => myRoom(sql, userId, roomId),
    room: async (roomId) => {
      const [row] = await sql<RoomRow[]>`
        select ${roomColumns(sql)} from rooms where rooms.id = ${roomId}`
      return row ? roomOf(row) : null
    },
    moveReadBack: async (userId, roomId, seq) => {
      await sql`
        update members set read_seq = ${seq}
        where room_id = ${roomId} and user_id = ${userId} and read_seq > ${seq}`
    },
    saveReads: async (reads) => {
      if (reads.length === 0) return
      // The rows are locked in one order everywhere, or two nodes could wait for each other.
      await sql`
        with asked as (
          select user_id, room_id, max(seq) as seq
          from unnest(
            ${reads.map((read) => read.userId)}::uuid[], ${reads.map((read) => read.roomId)}::uuid[],
            ${reads.map((read) => read.seq)}::bigint[]
          ) as read (user_id, room_id, seq)
          group by user_id, room_id
        ), locked as (
          select members.room_id, members.user_id, asked.seq
          from asked join members using (room_id, user_id)
          order by members.room_id, members.user_id
          for no key update of members
        )
        update members set read_seq = least(locked.seq, rooms.last_seq)
        from locked join rooms on rooms.id = locked.room_id
        where members.room_id = locked.room_id and members.user_id = locked.user_id
          and members.read_seq < least(locked.seq, rooms.last_seq)`
    },
  }
}

interface PlaceRow {
  room_id: string
  role: RoomRole
  read_seq: Counter
  head: Counter
  last_seq: Counter
}
