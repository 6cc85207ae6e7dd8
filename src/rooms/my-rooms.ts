import type { AnySql, Counter } from '../chats/chat-row.ts'
import type { MyRoom, NotifyLevel, RoomPreferences, RoomRole } from '../protocol/rooms.ts'
import type { User } from '../protocol/users.ts'
import { roomColumns, roomOf, type RoomRow } from './room-row.ts'
import { userColumns, userOf, type UserRow } from './user-row.ts'

interface MyRoomRow extends RoomRow {
  role: RoomRole
  read_seq: Counter
  mention_seqs: Counter[]
  notify: NotifyLevel | null
  muted: boolean
}

/** Where `userId` is a member, as they see it: all rooms, or of `only` those. Two queries, however many rooms. */
export async function myRooms(sql: AnySql, userId: string, only?: string[]): Promise<MyRoom[]> {
  const rows = await sql<MyRoomRow[]>`
    select ${roomColumns(sql)}, members.role, members.read_seq,
      array(
        select mentions.seq from mentions
        where mentions.user_id = members.user_id and mentions.room_id = members.room_id
          and mentions.seq > members.read_seq
        union
        select room_mentions.seq from room_mentions
        where room_mentions.room_id = members.room_id and room_mentions.seq > members.read_seq
        order by seq limit 100
      ) as mention_seqs, members.notify, members.muted
    from members join rooms on rooms.id = members.room_id
    where members.user_id = ${userId} ${only ? sql`and members.room_id = any (${only})` : sql``}
    order by rooms.name, rooms.id`
  const people = await peopleOf(
    sql,
    userId,
    rows.flatMap((row) => (row.kind === 'direct' ? [row.id] : [])),
  )
  return rows.map((row) => {
    const room = roomOf(row)
    const readSeq = Number(row.read_seq)
    return {
      ...room,
      role: row.role,
      readSeq,
      unread: Math.max(0, room.lastMainSeq - readSeq),
      mentionSeqs: row.mention_seqs.map(Number),
      preferences: { notify: row.notify, muted: row.muted },
      people: people.get(row.id) ?? [],
    }
  })
}

export async function myRoom(sql: AnySql, userId: string, roomId: string): Promise<MyRoom | null> {
  const [room] = await myRooms(sql, userId, [roomId])
  return room ?? null
}

/** Of a member. */
export const savePreferences = (
  sql: AnySql,
  userId: string,
  roomId: string,
  { notify, muted }: RoomPreferences,
) => sql`
  update members set notify = ${notify}, muted = ${muted}
  where room_id = ${roomId} and user_id = ${userId}`

/** Everyone but `userId` in each of these rooms, in order of joining. */
async function peopleOf(sql: AnySql, userId: string, roomIds: string[]) {
  const people = new Map<string, User[]>()
  if (roomIds.length === 0) return people
  const rows = await sql<(UserRow & { room_id: string })[]>`
    select members.room_id, ${userColumns(sql)}
    from members join users on users.id = members.user_id
    where members.room_id = any (${roomIds}) and members.user_id <> ${userId}
    order by members.joined_at, members.user_id`
  for (const row of rows) {
    const others = people.get(row.room_id)
    if (others) others.push(userOf(row))
    else people.set(row.room_id, [userOf(row)])
  }
  return people
}
