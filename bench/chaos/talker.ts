import { now } from './now.ts'
import { type Live, createClient } from '../../src/client.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import type { ClientLog } from '../checker.ts'

export type Told = ClientLog['told'][number]

export interface TalkerOptions {
  url: string
  /** Number of the node that `url` leads to. */
  node: number
  token: string
  roomIds: readonly string[]
  /** Chats of a room on the wire at once; more than 1 only where the server refuses none. */
  window: number
  /** Chats of a room that it holds. */
  keep: number
  /** Whether it wants to hear all of its rooms, or what is said from now on. */
  fromStart: boolean
  /** The same chat as another client was told it, so that it is held once. */
  share: (told: Told) => Told
  /** Told of each chat but system chats. */
  onTold: (message: string, node: number) => void
}

/** One client of a run, and everything it did and saw. Ticks are times of `now`. */
export interface Talker {
  readonly node: number
  readonly live: Live
  readonly log: ClientLog
  readonly roomIds: readonly string[]
  /** When it came online last; NaN while it is not. */
  onlineAtMs: number
  /** When it was lost, each time. */
  lossesMs: number[]
  /** Sends without an ack. */
  unacked: number
  /** What sends were told that were refused for good. */
  refusals: string[]
  previews: Previews
  send: (roomId: string, message: string) => void
  close: () => void
}

interface Previews {
  shown: number
  /** Neither stored nor withdrawn: by id, the sender and cid. */
  open: Map<string, string>
}

export async function openTalker(options: TalkerOptions): Promise<Talker> {
  const { url, node, token, roomIds, window, keep, fromStart, share, onTold } = options
  const client = createClient({ url, accessToken: token, keep, window })
  const { live } = client
  const log: ClientLog = {
    userId: '',
    sends: [],
    acks: [],
    told: [],
    views: new Map(),
    keep,
    outOfTurn: 0,
  }
  let count = 0
  const deliver = async (roomId: string, message: string): Promise<void> => {
    const cid = `${roomId}-${(count += 1)}`
    log.sends.push({ tick: now(), roomId, cid, message })
    talker.unacked += 1
    try {
      const { id, seq } = await live.send(roomId, message, { cid })
      log.acks.push({ tick: now(), roomId, cid, id, seq })
    } catch (error) {
      talker.refusals.push(String(error))
    } finally {
      talker.unacked -= 1
    }
  }
  const talker: Talker = {
    node,
    live,
    log,
    roomIds,
    onlineAtMs: Number.NaN,
    lossesMs: [],
    unacked: 0,
    refusals: [],
    previews: { shown: 0, open: new Map() },
    send: (roomId, message) => void deliver(roomId, message),
    close: client.close,
  }
  live.on('hello', ({ user }) => {
    log.userId = user.id
  })
  live.on('status', ({ state }) => {
    const wasOnline = !Number.isNaN(talker.onlineAtMs)
    if (wasOnline) talker.lossesMs.push(now())
    talker.onlineAtMs = state === 'online' ? now() : Number.NaN
    // PV3: with the connection its previews end.
    talker.previews.open.clear()
  })
  live.on('chat', ({ id, roomId, seq, message, kind }) => {
    log.told.push(share({ id, roomId, seq, message }))
    if (kind === 'text') onTold(message, node)
  })
  live.on('frame', watchFrames(talker))
  const from = fromStart ? { head: 0, lastSeq: 0 } : undefined
  await Promise.all(roomIds.map((roomId) => live.join(roomId, from)))
  return talker
}

/** What the client would hide: revs out of turn, and what becomes of previews. */
const watchFrames = ({ previews, log, live }: Pick<Talker, 'previews' | 'log' | 'live'>) => {
  /** Of this connection, by room. */
  const revs = new Map<string, number>()
  const stored = ({ sender, cid }: Pick<Chat, 'sender' | 'cid'>): void => {
    for (const [id, key] of previews.open)
      if (key === `${sender.id} ${cid}`) previews.open.delete(id)
  }
  return (frame: ServerFrame): void => {
    if (frame.type === 'hello') revs.clear()
    if (frame.type === 'joined') {
      revs.set(frame.roomId, frame.head)
      for (const chat of frame.changes ?? []) stored(chat)
    }
    if (frame.type === 'preview') {
      previews.shown += frame.chats.length
      const held = live.view(frame.roomId)?.chats ?? []
      for (const { id, sender, cid } of frame.chats) {
        // One that comes behind its own chat, over another node, is nothing to wait for.
        const isStored = held.some((chat) => chat.cid === cid && chat.sender.id === sender.id)
        if (!isStored) previews.open.set(id, `${sender.id} ${cid}`)
      }
    }
    if (frame.type === 'preview_withdrawn') {
      for (const id of frame.ids) previews.open.delete(id)
    }
    if (frame.type === 'chat' || frame.type === 'chat_updated') {
      const { roomId, rev } = frame.chat
      if (rev <= (revs.get(roomId) ?? 0)) log.outOfTurn = (log.outOfTurn ?? 0) + 1
      revs.set(roomId, rev)
      stored(frame.chat)
    }
  }
}
