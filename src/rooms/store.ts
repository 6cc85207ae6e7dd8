import type { Sql } from 'postgres'
import { refusal } from '../chats/refusals.ts'
import type { BrowsePage, Member, MembersPage, Room, RoomRole } from '../protocol/rooms.ts'
import { pageOf, readCursor, type NamePlace } from './cursor.ts'
import { roomColumns, roomOf, type RoomRow } from './room-row.ts'
import { userColumns, userOf, type UserRow } from './user-row.ts'

const browseSize = 50
const membersSize = 200

/** A room with the asker's place in it, null for who may see it but is not a member. */
export interface SeenRoom {
  room: Room
  role: RoomRole | null
}

type SeenRow = RoomRow & { role: RoomRole | null }

/**
 * The room, if `userId` may see it: public, or theirs.
 * @throws AppError `not_found` (security 22, 26: a room one may not see does not exist)
 */
export const seeRoom = (sql: Sql, userId: string, roomId: string): Promise<SeenRoom> =>
  see(sql, userId, 'id', roomId)

/** @throws AppError `not_found` */
export const seeRoomBySlug = (sql: Sql, userId: string, slug: string): Promise<SeenRoom> =>
  see(sql, userId, 'slug', slug)

async function see(sql: Sql, userId: string, by: 'id' | 'slug', value: string): Promise<SeenRoom> {
  const [row] = await sql<SeenRow[]>`
    select ${roomColumns(sql)}, members.role
    from rooms left join members on members.room_id = rooms.id and members.user_id = ${userId}
    where ${by === 'id' ? sql`rooms.id = ${value}` : sql`rooms.slug = ${value}`}
      and (rooms.kind = 'public' or members.user_id is not null)`
  if (!row) throw refusal('not_found')
  return { room: roomOf(row), role: row.role }
}

/** @throws AppError `not_found`, or `not_member` when the room is public */
export async function seeMyRoom(sql: Sql, userId: string, roomId: string): Promise<SeenRoom> {
  const seen = await seeRoom(sql, userId, roomId)
  if (!seen.role) throw refusal('not_member')
  return seen
}

/** Public rooms by name, archived ones left out. */
export async function browseRooms(
  sql: Sql,
  userId: string,
  { query = '', cursor }: { query?: string | undefined; cursor?: string | undefined },
): Promise<BrowsePage> {
  const after: NamePlace | null = cursor ? readCursor(cursor) : null
  const rows = await sql<(RoomRow & { is_member: boolean })[]>`
    select ${roomColumns(sql)}, exists (
      select from members where members.room_id = rooms.id and members.user_id = ${userId}
    ) as is_member
    from rooms
    where rooms.kind = 'public' and rooms.archived_at is null
      ${query === '' ? sql`` : sql`and strpos(lower(rooms.name), lower(${query.trim()})) > 0`}
      ${after ? sql`and (rooms.name, rooms.id) > (${after.name}, ${after.id}::uuid)` : sql``}
    order by rooms.name, rooms.id
    limit ${browseSize + 1}`
  const { page, nextCursor } = pageOf(rows, browseSize, (row) => row)
  return { rooms: page.map((row) => ({ ...roomOf(row), isMember: row.is_member })), nextCursor }
}

type MemberRow = UserRow & { role: RoomRole; joined_at: Date }

const memberOf = (row: MemberRow): Member => ({
  user: userOf(row),
  role: row.role,
  joinedAt: row.joined_at.toISOString(),
})

/** The members of a room by name. Ask `seeRoom` first. */
export async function listMembers(
  sql: Sql,
  roomId: string,
  cursor: string | undefined,
): Promise<MembersPage> {
  const after: NamePlace | null = cursor ? readCursor(cursor) : null
  const rows = await sql<MemberRow[]>`
    select ${userColumns(sql)}, members.role, members.joined_at
    from members join users on users.id = members.user_id
    where members.room_id = ${roomId}
      ${after ? sql`and (users.name, users.id) > (${after.name}, ${after.id}::uuid)` : sql``}
    order by users.name, users.id
    limit ${membersSize + 1}`
  const { page, nextCursor } = pageOf(rows, membersSize, (row) => ({
    name: row.user_name,
    id: row.user_id,
  }))
  return { members: page.map(memberOf), nextCursor }
}

/** @throws AppError `not_found` */
export async function getMember(sql: Sql, roomId: string, userId: string): Promise<Member> {
  const [row] = await sql<MemberRow[]>`
    select ${userColumns(sql)}, members.role, members.joined_at
    from members join users on users.id = members.user_id
    where members.room_id = ${roomId} and members.user_id = ${userId}`
  if (!row) throw refusal('no_such_member')
  return memberOf(row)
}
