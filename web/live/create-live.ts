import { batch, createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import { limits } from '../../src/protocol/limits.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { Me } from '../../src/protocol/users.ts'
import { accessToken, dropSession } from '../api.ts'
import { asApiError, type ApiError } from '../api-error.ts'
import { createDrafts } from './drafts.ts'
import { makeFrameListeners } from './frame-listeners.ts'
import { createGoneRooms } from './gone-rooms.ts'
import { createMyRooms } from './my-rooms.ts'
import { createPeople } from './people.ts'
import { createIdle, createPresence } from './presence.ts'
import { createReading } from './reading.ts'
import { deleteChat, editChat, fetchMyRooms, fetchPage, fetchPresence } from './rest.ts'
import { createSends } from './sends.ts'
import { makeSocket, socketUrl } from './socket.ts'
import { createTimeline, type LiveTimeline } from './timeline.ts'
import type { LineStatus, Live } from './types.ts'
import { createTyping, makeTypingTeller } from './typing.ts'
import { watchNetwork } from './watch-network.ts'

const roomsAgainMs = 3_000

/** The live half of the client, for one user, until its owner is disposed of. */
export function createLive(me: Accessor<Me>): Live {
  const meId = me().id
  const rooms = createMyRooms()
  const gone = createGoneRooms()
  const people = createPeople()
  const presence = createPresence()
  const typing = createTyping()
  const drafts = createDrafts(meId)
  const listeners = makeFrameListeners()
  const timelines = new Map<string, LiveTimeline>()
  const [line, setLine] = createSignal<LineStatus>({ state: 'connecting', since: Date.now() })
  const [ready, setReady] = createSignal(false)
  const [error, setError] = createSignal<ApiError | null>(null)
  people.learn([me()])

  /** Of the last `hello`, and of what is held. */
  let epoch: string | undefined
  let isGreeted = false
  /** From here on, the server tells of each room that goes why it does. */
  let isSynced = false
  let isOver = false
  let roomsTimer: ReturnType<typeof setTimeout> | undefined
  /** Joined since the last list was asked for: its silence about them means nothing. */
  const added = new Set<string>()

  const timelineOf = (room: Pick<MyRoom, 'id' | 'head' | 'lastSeq'>): LiveTimeline => {
    const { id } = room
    let held = timelines.get(id)
    if (!held) {
      held = createTimeline({
        roomId: id,
        head: room.head,
        lastSeq: room.lastSeq,
        loadPage: async (at) => {
          const page = await fetchPage(id, at)
          people.learn(page.chats.map((chat) => chat.sender))
          return page
        },
        outgoing: () => sends.of(id),
      })
      timelines.set(id, held)
    }
    return held
  }

  const takeRoom = (room: MyRoom, fresh = false): void => {
    people.learn(room.people)
    gone.back(room.id)
    const isNew = !timelines.has(room.id)
    timelineOf(room)
    rooms.put(room, fresh)
    if (isNew && isGreeted) join(room.id)
  }

  const dropRoom = (id: string): void => {
    timelines.delete(id)
    rooms.remove(id)
  }
  const loseRoom = (id: string, isRemoved = false): void => {
    const room = rooms.get(id)
    if (room) gone.went({ room, isRemoved })
    dropRoom(id)
  }

  const join = (roomId: string): void =>
    void socket.send({ type: 'join_room', roomId, after: timelines.get(roomId)?.head() ?? 0 })

  const loadRooms = async (fresh = false): Promise<void> => {
    clearTimeout(roomsTimer)
    added.clear()
    try {
      const told = await fetchMyRooms()
      batch(() => {
        const mine = new Set([...told.map((room) => room.id), ...added])
        for (const room of rooms.all()) if (!mine.has(room.id)) loseRoom(room.id)
        for (const room of told) takeRoom(room, fresh)
        setError(null)
        setReady(true)
      })
    } catch (caught) {
      if (isOver) return
      setError(asApiError(caught))
      roomsTimer = setTimeout(() => void loadRooms(fresh), roomsAgainMs)
    }
  }

  const greeted = async (frame: Extract<ServerFrame, { type: 'hello' }>): Promise<void> => {
    people.learn([frame.user])
    const held = epoch
    epoch = frame.epoch
    const isOtherLife = held !== undefined && held !== frame.epoch
    if (isOtherLife) sends.epochChanged()
    // On a reconnect the rooms held are synced at once, and what else changed comes with the list.
    if (!ready()) await firstRooms
    else void loadRooms(isOtherLife)
    isGreeted = true
    socket.send({
      type: 'sync',
      epoch: held ?? frame.epoch,
      rooms: Array.from(timelines.values(), (timeline) => ({
        roomId: timeline.roomId,
        after: timeline.head(),
      })).slice(0, limits.syncRooms),
    })
  }

  const synced = (): void => {
    isSynced = true
    sends.resume()
    reading.resume()
    for (const timeline of timelines.values()) timeline.resume()
    if (isIdle()) socket.send({ type: 'presence', status: 'away' })
    // Frames tell of changes only; until this comes, people stay as they were.
    void fetchPresence().then(presence.reset, () => {})
  }

  const receive = (frame: ServerFrame): void => {
    listeners.tell(frame)
    switch (frame.type) {
      case 'hello':
        return void greeted(frame)
      case 'synced':
        return synced()
      case 'joined':
      case 'chat':
      case 'chat_updated':
        return heard(frame)
      case 'preview':
        people.learn(frame.chats.map((chat) => chat.sender))
        for (const { sender } of frame.chats) typing.stopped(frame.roomId, sender.id)
        return timelines.get(frame.roomId)?.applyPreviews(frame)
      case 'preview_withdrawn':
        return timelines.get(frame.roomId)?.applyPreviews(frame)
      case 'left':
        if (frame.reason !== 'asked') loseRoom(frame.roomId, isSynced && frame.reason === 'removed')
        return
      case 'ack':
        sends.acked(frame)
        return sends.shown(frame.roomId, timelines.get(frame.roomId)?.lastSeq() ?? Infinity)
      case 'error':
        return sends.refused(frame)
      case 'typing':
        return typing.told(
          frame.roomId,
          frame.userIds.filter((userId) => userId !== meId),
        )
      case 'presence':
        return presence.told(frame.changes)
      case 'read':
        rooms.read(frame.roomId, frame.seq, frame.back)
        // What mentions me from there on is in the list.
        return frame.back ? void loadRooms() : undefined
      case 'room_added':
        added.add(frame.room.id)
        return takeRoom(frame.room)
      case 'room_updated':
        return rooms.update(frame.room)
      case 'user_updated':
        return people.learn([frame.user])
      case 'room_preferences':
        return rooms.change(frame.roomId, (held) => ({ ...held, preferences: frame.preferences }))
      case 'thread_place':
      case 'saved':
      case 'settings':
      case 'token_renewed':
      case 'token_expiring':
      case 'drain':
      case 'pong':
    }
  }

  const heard = (
    frame: Extract<ServerFrame, { type: 'joined' | 'chat' | 'chat_updated' }>,
  ): void => {
    const roomId = frame.type === 'joined' ? frame.roomId : frame.chat.roomId
    const timeline = timelines.get(roomId)
    if (!timeline) return
    const applied = timeline.apply(frame)
    rooms.news(roomId, applied.news, meId)
    listeners.tellNews(applied.news)
    for (const { type, chat } of applied.news) {
      people.learn([chat.sender])
      if (type === 'chat') typing.stopped(roomId, chat.sender.id)
    }
    sends.shown(roomId, timeline.lastSeq())
    if (applied.hole) join(roomId)
    // What else of the room was missed is in the list.
    if (applied.tooFar) void loadRooms()
  }

  /** Its frame, when it comes later, is no news any more: whoever hears of changes hears of it here. */
  const answered = (chat: Chat): void =>
    batch(() => {
      timelines.get(chat.roomId)?.put(chat)
      listeners.tellNews([{ type: 'updated', chat }])
    })

  const socket = makeSocket({
    openWebSocket: () => new WebSocket(socketUrl()),
    token: accessToken,
    onFrame: (frame) => batch(() => receive(frame)),
    onStatus: setLine,
    onLost: () => {
      isGreeted = false
      isSynced = false
      sends.lost()
      for (const timeline of timelines.values()) timeline.lost()
    },
    onEnded: () => dropSession('ended'),
    hasNetwork: () => navigator.onLine,
  })
  onCleanup(() => {
    isOver = true
    clearTimeout(roomsTimer)
    socket.dispose()
  })
  const sends = createSends(meId, socket.send)
  const reading = createReading({
    rooms,
    lastSeq: (roomId) => timelines.get(roomId)?.lastSeq() ?? 0,
    tell: (roomId, seq) => isGreeted && socket.send({ type: 'read', roomId, seq }),
  })
  const teller = makeTypingTeller((roomId) => socket.send({ type: 'typing', roomId }))
  const firstRooms = loadRooms()

  const isIdle = createIdle()
  createEffect(
    on(isIdle, (isAway) => socket.send({ type: 'presence', status: isAway ? 'away' : 'online' }), {
      defer: true,
    }),
  )
  watchNetwork(socket.check)

  return {
    me: () => people.get(meId) ?? me(),
    line,
    tryNow: socket.tryNow,
    ready,
    error,
    rooms: rooms.all,
    room: rooms.get,
    goneRoom: gone.at,
    roomBySlug: rooms.bySlug,
    addRoom: (room) => {
      added.add(room.id)
      batch(() => takeRoom(room))
    },
    updateRoom: rooms.update,
    removeRoom: (id) => batch(() => dropRoom(id)),
    user: (known) => people.get(known.id) ?? known,
    userById: people.get,
    userByHandle: people.byHandle,
    learnUsers: (users) => batch(() => people.learn(users)),
    presence: presence.of,
    typing: (roomId) => typing.of(roomId).flatMap((id) => people.get(id) ?? []),
    startTyping: teller.typed,
    markRead: reading.markRead,
    markAllRead: reading.markAllRead,
    markUnread: reading.markUnread,
    hasDraft: drafts.has,
    hasDraftIn: drafts.hasIn,
    draft: drafts.get,
    setDraft: drafts.set,
    send: (roomId, message, links) => {
      sends.add(roomId, message, links)
      teller.sent(roomId)
    },
    retry: sends.retry,
    discard: sends.discard,
    edit: async (chat, message) => {
      answered(await editChat(chat, message))
    },
    deleteChat: async (chat) => {
      answered(await deleteChat(chat))
    },
    showChat: answered,
    on: listeners.on,
    onNews: listeners.onNews,
    failedIn: (roomId) => sends.of(roomId).filter(({ state }) => state === 'failed').length,
    timeline: (roomId) => timelineOf(rooms.get(roomId) ?? { id: roomId, head: 0, lastSeq: 0 }),
  }
}
