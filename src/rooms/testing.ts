import type { Sql } from 'postgres'
import { createChatLog } from '../chats/chat-log.ts'
import type { Chat } from '../protocol/chats.ts'
import { AppError } from '../protocol/errors.ts'
import { lookalikeKey } from '../protocol/text.ts'
import type { User } from '../protocol/users.ts'
import type { PostOp, RoomChange, RoomOp, WriteResult } from '../realtime/ports.ts'
import { createRoom } from './create-room.ts'

export const newId = (): string => Bun.randomUUIDv7()

let people = 0

/** A stored user. The handle is unique in its database. */
export async function addUser(sql: Sql, name: string): Promise<User> {
  people += 1
  const handle = `${name.toLowerCase()}${people}`
  const user = { id: newId(), handle, name, avatarColor: people % 12 }
  await sql`
    insert into users (id, email, password_hash, handle, handle_key, name, avatar_color)
    values (${user.id}, ${`${handle}@example.com`}, '', ${handle}, ${lookalikeKey(handle)},
      ${name}, ${user.avatarColor})`
  return user
}

/** Acts on a room as people would through the live core, but straight on the log. */
export function castOf(sql: Sql) {
  const log = createChatLog({ sql, writer: sql, newId })
  let rooms = 0
  const commitOne = async (op: PostOp | RoomOp): Promise<WriteResult> => {
    const [result] = await log.commit([op])
    if (!result) throw new Error('no result')
    return result
  }
  return {
    log,
    /** `owner`'s room, with `others` in it. */
    async room(owner: User, others: User[] = [], kind: 'public' | 'private' = 'private') {
      rooms += 1
      const room = await createRoom(sql, newId, {
        actor: owner,
        name: `Room ${rooms} ${newId()}`,
        kind,
        topic: '',
      })
      for (const other of others) {
        mustBeOk(await commitOne(changeOp(room.id, owner, { type: 'add', userId: other.id })))
      }
      return room.id
    },
    change: (roomId: string, actor: User, change: RoomChange) =>
      commitOne(changeOp(roomId, actor, change)),
    say: (roomId: string, sender: User, message: string, cid: string = newId()) =>
      commitOne(postOp(roomId, sender, message, cid)),
  }
}

export const postOp = (roomId: string, sender: User, message: string, cid: string): PostOp => ({
  kind: 'post',
  id: newId(),
  roomId,
  sender,
  cid,
  message,
})

export const changeOp = (roomId: string, actor: User, change: RoomChange): RoomOp => ({
  kind: 'room',
  roomId,
  actor,
  change,
})

export function mustBeOk(result: WriteResult | undefined): Extract<WriteResult, { ok: true }> {
  if (!result?.ok) throw new Error(`refused: ${result?.error.code}`)
  return result
}

export const codeOf = (result: WriteResult | undefined): string =>
  result?.ok ? 'ok' : (result?.error.code ?? 'none')

/** The chat of a post that went well. */
export function chatIn(result: WriteResult | undefined): Chat {
  const [chat] = mustBeOk(result).chats
  if (!chat) throw new Error('no chat')
  return chat
}

/** The code of the AppError that `work` rejects with. */
export const rejectionOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
