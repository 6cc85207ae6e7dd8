import { closeCodes } from '../protocol/close-codes.ts'
import { AppError } from '../protocol/errors.ts'
import type { ClientFrame } from '../protocol/frames.ts'
import { limits } from '../protocol/limits.ts'
import type { User } from '../protocol/users.ts'
import type { Acks } from './acks.ts'
import { leaveRoom } from './committed.ts'
import type { Connection } from './connection.ts'
import { joinRooms, type JoinRequest } from './joining.ts'
import type { LiveRoom, LiveRooms } from './live-rooms.ts'
import { parseFrame } from './parse-frame.ts'
import type { HubPorts, WriteOp, WriteResult } from './ports.ts'
import type { Presence } from './presence.ts'
import type { createSendRate } from './send-rate.ts'
import type { SignIn } from './sign-in.ts'
import type { createTyping } from './typing.ts'

interface ReceiveOptions {
  ports: HubPorts
  epoch: () => string
  live: LiveRooms
  acks: Acks
  typing: ReturnType<typeof createTyping>
  presence: Presence
  sendRate: ReturnType<typeof createSendRate>
  push: (op: WriteOp, done: (result: WriteResult) => void) => AppError | null
  markRead: (userId: string, roomId: string, seq: number, from: Connection) => Promise<void>
}

/** Handles one text of a connection. Nothing here waits for the database before it returns. */
export type Receive = (connection: Connection, data: string | Uint8Array, signIn: SignIn) => void

export function createReceive(options: ReceiveOptions): Receive {
  const { ports, epoch, live, acks, typing, presence, sendRate, push, markRead } = options

  const chat = (
    connection: Connection,
    sender: User,
    frame: Extract<ClientFrame, { type: 'chat' }>,
  ): void => {
    const verdict = sendRate.take(sender.id)
    const id = ports.newId()
    const { type: _, cid = id, ...post } = frame
    const { roomId } = post
    if (!verdict.ok) {
      const error = new AppError('rate_limited', 'Too many chats in a short time', verdict)
      connection.replyError(error, { cid, roomId })
      if (verdict.close) connection.close(closeCodes.rateLimited)
      return
    }
    const refused = push({ ...post, kind: 'post', id, sender, cid }, (result) => {
      if (!result.ok) {
        acks.put(connection, { type: 'error', ...result.error, cid, roomId })
        return
      }
      const stored = result.chats[0]
      if (!stored) return
      acks.put(connection, {
        type: 'ack',
        cid,
        id: stored.id,
        roomId,
        seq: stored.seq,
        at: stored.createdAt,
        ...(result.dup && { dup: true }),
      })
    })
    if (refused) connection.replyError(refused, { cid, roomId })
    const room = live.get(roomId)
    if (room) typing.stopped(room, sender.id)
  }

  const join = async (
    connection: Connection,
    userId: string,
    requests: JoinRequest[],
    sameEpoch: boolean,
  ): Promise<string[]> => {
    try {
      return await joinRooms({ live, reads: ports.rooms, connection, userId, requests, sameEpoch })
    } catch (error) {
      ports.report({ type: 'read_failed', error })
      // Its view can't be trusted now: it comes back and asks again.
      connection.close(closeCodes.overloaded)
      return []
    }
  }

  const joinOne = async (
    connection: Connection,
    userId: string,
    request: JoinRequest,
  ): Promise<void> => {
    const [outside] = await join(connection, userId, [request], true)
    if (outside === undefined) return
    try {
      connection.replyError(await ports.rooms.refusal(userId, outside), { roomId: outside })
    } catch (error) {
      ports.report({ type: 'read_failed', error })
      connection.close(closeCodes.overloaded)
    }
  }

  const sync = async (
    connection: Connection,
    userId: string,
    frame: Extract<ClientFrame, { type: 'sync' }>,
  ): Promise<void> => {
    const sameEpoch = frame.epoch === undefined || frame.epoch === epoch()
    const outside = await join(connection, userId, frame.rooms, sameEpoch)
    if (!connection.isOpen) return
    for (const roomId of outside) connection.reply({ type: 'left', roomId, reason: 'removed' })
    connection.reply({ type: 'synced', epoch: epoch() })
  }

  const inRoom = (connection: Connection, roomId: string): LiveRoom | null => {
    const room = live.get(roomId)
    if (room && connection.rooms.has(room)) return room
    connection.replyError(new AppError('not_found', 'Join the room first'), { roomId })
    return null
  }

  const dispatch = (connection: Connection, user: User, frame: ClientFrame): void => {
    switch (frame.type) {
      case 'chat':
        return chat(connection, user, frame)
      case 'join_room':
        return void joinOne(connection, user.id, frame)
      case 'sync':
        return void sync(connection, user.id, frame)
      case 'leave_room':
        return leaveRoom(connection, frame.roomId, 'asked')
      case 'typing': {
        const room = inRoom(connection, frame.roomId)
        if (room) typing.typed(connection, room)
        return
      }
      case 'read':
        if (inRoom(connection, frame.roomId))
          void markRead(user.id, frame.roomId, frame.seq, connection)
        return
      case 'presence':
        connection.isAway = frame.status === 'away'
        return presence.touch(user.id)
      case 'ping':
        return connection.reply({ type: 'pong' })
      case 'auth':
        throw new Error('auth is handled before a user is known')
    }
  }

  const receive: Receive = (connection, data, signIn) => {
    const parsed = parseFrame(data)
    if (!parsed.ok) {
      connection.replyError(parsed.error, { cid: parsed.cid })
      connection.errors += 1
      if (connection.errors < limits.errorReplies) return
      connection.close(parsed.unknownType ? closeCodes.unknownType : closeCodes.invalidFrame)
      return
    }
    connection.errors = 0
    const { frame } = parsed
    if (frame.type === 'auth') {
      signIn.auth(connection, frame.token, receive)
    } else if (connection.identity) {
      dispatch(connection, connection.identity.user, frame)
    } else {
      connection.replyError(new AppError('unauthenticated', 'Send {"type":"auth","token":…} first'))
    }
  }
  return receive
}
