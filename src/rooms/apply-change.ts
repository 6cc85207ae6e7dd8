import type { AnySql } from '../chats/chat-row.ts'
import type { RefusalReason } from '../chats/refusals.ts'
import type { SystemEvent } from '../protocol/chats.ts'
import type { RoomRole } from '../protocol/rooms.ts'
import { lookalikeKey } from '../protocol/text.ts'
import type { User } from '../protocol/users.ts'
import type { RoomChange, RoomOp } from '../realtime/ports.ts'
import type { RoomRow } from './room-row.ts'
import { mayAdd, mayGiveRole, mayJoin, mayLeave, mayRemove, mayUpdate } from './rules.ts'
import type { Standing } from './rules.ts'
import { freeSlug } from './slug.ts'
import { userColumns, userOf, type UserRow } from './user-row.ts'

/** What a change did; no events when there was nothing to do. */
export interface Applied {
  events: SystemEvent[]
  /**
   * Who is a member now, or no more. Told also when there was nothing to do: then it may be a retry
   * of a change whose result was unknown, and the live core has not acted on it yet.
   */
  joined?: string
  gone?: { userId: string; reason: 'left' | 'removed' }
}

const nothing: Applied = { events: [] }

const left = (userId: string) => ({ userId, reason: 'left' as const })
const removed = (userId: string) => ({ userId, reason: 'removed' as const })

type ChangeOf<T extends RoomChange['type']> = Extract<RoomChange, { type: T }>

/** Writes one change under the room's lock, or says why not. */
export function applyChange(
  sql: AnySql,
  room: RoomRow,
  standing: Standing,
  { actor, change }: RoomOp,
): Promise<Applied | RefusalReason> {
  switch (change.type) {
    case 'join':
      return join(sql, room, standing, actor)
    case 'leave':
      return leave(sql, room, standing, actor)
    case 'add':
      return add(sql, room, standing, change)
    case 'remove':
      if (change.userId === actor.id) return leave(sql, room, standing, actor)
      return remove(sql, room, standing, change)
    case 'role':
      return giveRole(sql, room, standing, actor, change)
    case 'update':
      break
  }
  return update(sql, room, standing, change)
}

async function join(sql: AnySql, room: RoomRow, standing: Standing, actor: User) {
  if (standing.role) return { events: [], joined: actor.id }
  const verdict = mayJoin(standing)
  if (verdict) return verdict
  // A room that everyone left, its last owner too, belongs to whoever comes back first.
  await addMember(sql, room, actor.id, standing.owners === 0 ? 'owner' : 'member')
  return { events: [{ type: 'joined' } as const], joined: actor.id }
}

async function leave(sql: AnySql, room: RoomRow, standing: Standing, actor: User) {
  if (!standing.role) return { events: [], gone: left(actor.id) }
  const verdict = mayLeave(standing)
  if (verdict) return verdict
  await dropMember(sql, room, actor.id)
  return { events: [{ type: 'left' } as const], gone: left(actor.id) }
}

async function add(sql: AnySql, room: RoomRow, standing: Standing, { userId }: ChangeOf<'add'>) {
  const verdict = mayAdd(standing)
  if (verdict) return verdict
  const target = await findUser(sql, room, userId)
  if (!target) return 'no_such_user'
  if (target.role) return { events: [], joined: userId }
  await addMember(sql, room, userId, 'member')
  return { events: [{ type: 'added', user: target.user } as const], joined: userId }
}

async function remove(
  sql: AnySql,
  room: RoomRow,
  standing: Standing,
  { userId }: ChangeOf<'remove'>,
) {
  const target = await findUser(sql, room, userId)
  const verdict = mayRemove(standing, target?.role ?? 'member')
  if (verdict) return verdict
  if (!target?.role) return { events: [], gone: removed(userId) }
  await dropMember(sql, room, userId)
  return {
    events: [{ type: 'removed', user: target.user } as const],
    gone: removed(userId),
  }
}

async function giveRole(
  sql: AnySql,
  room: RoomRow,
  standing: Standing,
  actor: User,
  { userId, role }: ChangeOf<'role'>,
) {
  const target = await findUser(sql, room, userId)
  const verdict = mayGiveRole(standing, {
    from: target?.role ?? 'member',
    to: role,
    self: userId === actor.id,
  })
  if (verdict) return verdict
  if (!target?.role) return 'no_such_member'
  if (target.role === role) return nothing
  await sql`
    update members set role = ${role} where room_id = ${room.id} and user_id = ${userId}`
  return { events: [{ type: 'role_changed', user: target.user, role } as const] }
}

async function update(
  sql: AnySql,
  room: RoomRow,
  standing: Standing,
  { name, topic, archived }: ChangeOf<'update'>,
) {
  const verdict = mayUpdate(standing, { name, topic, archived })
  if (verdict) return verdict
  const events: SystemEvent[] = []
  if (archived === false && standing.archived) {
    await sql`update rooms set archived_at = null where id = ${room.id}`
    events.push({ type: 'unarchived' })
  }
  if (name !== undefined && name !== room.name) {
    const slug = await freeSlug(sql, name, room.id)
    await sql`
      update rooms set name = ${name}, name_key = ${lookalikeKey(name)}, slug = ${slug}
      where id = ${room.id}`
    events.push({ type: 'renamed', from: room.name, to: name })
  }
  if (topic !== undefined && topic !== room.topic) {
    await sql`update rooms set topic = ${topic} where id = ${room.id}`
    events.push({ type: 'topic_changed', topic })
  }
  if (archived === true && !standing.archived) {
    await sql`update rooms set archived_at = now() where id = ${room.id}`
    events.push({ type: 'archived' })
  }
  return { events }
}

/** A user, and their role if they are in the room. */
async function findUser(sql: AnySql, room: RoomRow, userId: string) {
  const [row] = await sql<(UserRow & { role: RoomRole | null })[]>`
    select ${userColumns(sql)}, members.role
    from users left join members on members.user_id = users.id and members.room_id = ${room.id}
    where users.id = ${userId}`
  return row && { user: userOf(row), role: row.role }
}

/**
 * Who comes starts with everything read, the system chat of their coming too: the past of a room is
 * no news to them.
 */
async function addMember(sql: AnySql, room: RoomRow, userId: string, role: RoomRole) {
  await sql`
    insert into members (room_id, user_id, role, read_seq)
    values (${room.id}, ${userId}, ${role}, ${Number(room.last_seq) + 1})`
}

async function dropMember(sql: AnySql, room: RoomRow, userId: string) {
  await sql`delete from members where room_id = ${room.id} and user_id = ${userId}`
  await sql`delete from mentions where room_id = ${room.id} and user_id = ${userId}`
}
