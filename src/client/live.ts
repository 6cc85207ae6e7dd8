import type { Chat, ChatLinks, Preview } from '../protocol/chats.ts'
import { closeCodes } from '../protocol/close-codes.ts'
import { AppError } from '../protocol/errors.ts'
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts'
import { type ConnectionOptions, type Status, createConnection } from './connection.ts'
import { type JoinedRoomsOptions, createJoinedRooms } from './joined-rooms.ts'
import { createListeners } from './listeners.ts'
import { createOutbox, frameOf } from './outbox.ts'
import { shownPreviews } from './previews.ts'
import type { RoomView } from './room-view.ts'

type Frame<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>
export type Ack = Frame<'ack'>

/** What can be listened to. Chats come in order of their seq in their room, each once. */
export type LiveEvents = {
  chat: Chat
  /** Edited or deleted. */
  updated: Chat
  /** At every join and after every reconnect. */
  joined: RoomView
  left: Frame<'left'>
  /** What waits for the database in this room changed; see `Live.previews`. */
  previews: { roomId: string }
  status: Status
  /** Every frame as it came, before anything is made of it. */
  frame: ServerFrame
} & { [Type in 'hello' | 'typing' | 'presence' | 'read']: Frame<Type> } & {
  [
    Type in
      | 'room_added'
      | 'room_updated'
      | 'user_updated'
      | 'thread_place'
      | 'saved'
      | 'room_preferences'
      | 'settings'
      | 'error'
  ]: Frame<Type>
}

export interface LiveOptions
  extends
    Omit<ConnectionOptions, 'onFrame' | 'onStatus'>,
    Pick<JoinedRoomsOptions, 'history' | 'keep'> {
  /** Names a send; unique among all sends of the user for ever. */
  newCid: () => string
  /** Chats of one room on the wire at once; see `OutboxOptions`. */
  window: number
}

export interface Live {
  on: ReturnType<typeof createListeners<LiveEvents>>['on']
  status: () => Status
  /**
   * Listens to a room one is a member of, from now on or from where an earlier view was.
   * @throws AppError `not_found` or `not_member`
   */
  join: (roomId: string, from?: { head: number; lastSeq: number }) => Promise<RoomView>
  leave: (roomId: string) => void
  view: (roomId: string) => RoomView | null
  /**
   * Chats of a joined room that wait for the database, in order of arrival. They have no place in the
   * room yet and may never get one. What this client sends is not among them: `send` tells of it.
   */
  previews: (roomId: string) => readonly Preview[]
  /**
   * Resolves when the chat is stored in its final place, over any number of lost connections.
   * @throws AppError when the server refuses it
   */
  send: (roomId: string, message: string, options?: ChatLinks & { cid?: string }) => Promise<Ack>
  typing: (roomId: string) => void
  read: (roomId: string, seq: number) => void
  setPresence: (status: 'online' | 'away') => void
  /** Sends that are not acknowledged. */
  unsent: () => number
  wake: () => void
  close: () => void
}

export function createLive(options: LiveOptions): Live {
  const { newCid, window, runtime } = options
  const { clock, timer } = runtime
  const { on, tell } = createListeners<LiveEvents>()
  const outbox = createOutbox({ window })
  const promises = new Map<
    string,
    { resolve: (ack: Ack) => void; reject: (error: Error) => void }
  >()
  let epoch: string | undefined
  let myId: string | undefined
  let stopWaking: (() => void) | null = null

  // `connection` calls back only after this function has returned.
  const send = (frame: ClientFrame): boolean => connection.send(frame)

  const rooms = createJoinedRooms({
    ...options,
    send,
    onNews: ({ type, chat }) => tell(type, chat),
    onJoined: (view) => tell('joined', view),
    onPreviews: (roomId) => tell('previews', { roomId }),
  })

  const transmit = (): void => {
    if (connection.status().state !== 'online') return
    for (const entry of outbox.take(clock())) send(frameOf(entry))
    stopWaking?.()
    const wakeAtMs = outbox.wakeAtMs()
    stopWaking = wakeAtMs === null ? null : timer(Math.max(0, wakeAtMs - clock()), transmit)
  }

  const settle = (
    cid: string,
  ): { resolve: (ack: Ack) => void; reject: (error: Error) => void } | undefined => {
    const promise = promises.get(cid)
    promises.delete(cid)
    return promise
  }

  const refused = (frame: Frame<'error'>): void => {
    const error = new AppError(frame.code, frame.message, frame)
    if (frame.cid !== undefined) {
      const entry = outbox.refuse(frame.cid, frame, clock())
      if (entry?.state === 'failed') {
        outbox.discard(frame.cid)
        settle(frame.cid)?.reject(error)
      }
      transmit()
    } else if (frame.roomId !== undefined) {
      rooms.gone(frame.roomId, error)
    }
  }

  const onFrame = (frame: ServerFrame): void => {
    tell('frame', frame)
    switch (frame.type) {
      case 'hello':
        if (epoch !== undefined && epoch !== frame.epoch) outbox.epochChanged(clock())
        rooms.sync(epoch)
        epoch = frame.epoch
        myId = frame.user.id
        transmit()
        return tell('hello', frame)
      case 'ack':
        outbox.ack(frame.cid, clock())
        settle(frame.cid)?.resolve(frame)
        return transmit()
      case 'joined':
      case 'chat':
      case 'chat_updated':
        return rooms.apply(frame)
      case 'preview':
      case 'preview_withdrawn':
        return rooms.applyPreviews(frame)
      case 'left':
        if (frame.reason !== 'asked') {
          rooms.gone(frame.roomId, new AppError('not_member', 'You are not in this room any more'))
        }
        return tell('left', frame)
      case 'error':
        refused(frame)
        return tell('error', frame)
      case 'typing':
        return tell('typing', frame)
      case 'presence':
        return tell('presence', frame)
      case 'read':
        return tell('read', frame)
      case 'room_added':
        return tell('room_added', frame)
      case 'room_updated':
        return tell('room_updated', frame)
      case 'user_updated':
        return tell('user_updated', frame)
      case 'thread_place':
        return tell('thread_place', frame)
      case 'saved':
        return tell('saved', frame)
      case 'room_preferences':
        return tell('room_preferences', frame)
      case 'settings':
        return tell('settings', frame)
      case 'token_renewed':
      case 'token_expiring':
      case 'synced':
      case 'drain':
      case 'pong':
        return
    }
  }

  const onStatus = (status: Status): void => {
    if (status.state === 'waiting') {
      outbox.lost()
      rooms.lost()
    }
    if (status.state === 'closed') {
      stopWaking?.()
      const error = endOf(status)
      for (const { reject } of promises.values()) reject(error)
      promises.clear()
      rooms.end(error)
    }
    tell('status', status)
  }

  const connection = createConnection({ ...options, onFrame, onStatus })

  return {
    on,
    status: connection.status,
    join: rooms.join,
    leave: rooms.leave,
    view: rooms.view,
    previews: (roomId) =>
      shownPreviews(rooms.previews(roomId)).filter(
        ({ sender, cid }) => sender.id !== myId || !promises.has(cid),
      ),
    send: (roomId, message, { cid = newCid(), ...links } = {}) =>
      new Promise((resolve, reject) => {
        const status = connection.status()
        if (status.state === 'closed') return reject(endOf(status))
        if (promises.has(cid)) {
          return reject(new AppError('cid_conflict', 'A send with this cid is under way'))
        }
        promises.set(cid, { resolve, reject })
        outbox.add({ ...links, cid, roomId, message }, clock())
        transmit()
      }),
    typing: (roomId) => void send({ type: 'typing', roomId }),
    read: (roomId, seq) => void send({ type: 'read', roomId, seq }),
    setPresence: (status) => void send({ type: 'presence', status }),
    unsent: () => promises.size,
    wake: connection.wake,
    close: connection.close,
  }
}

/** What a send or a join that can't be answered any more is told. Whether it was stored is unknown. */
const endOf = ({ code, reason, error }: Extract<Status, { state: 'closed' }>): Error => {
  if (error instanceof Error) return error
  if (code === closeCodes.sessionRevoked.code) return new AppError('session_revoked', reason)
  if (code === closeCodes.authFailed.code) return new AppError('unauthenticated', reason)
  return new Error(`The connection is closed for good: ${code} ${reason}`)
}
