import { closeCodes } from '../protocol/close-codes.ts'
import { everyoneIn } from '../protocol/mentions.ts'
import { AppError } from '../protocol/errors.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import { limits as wire } from '../protocol/limits.ts'
import type { User } from '../protocol/users.ts'
import { createAcks } from './acks.ts'
import { createSettle } from './committed.ts'
import { Connection, type ConnectionCore } from './connection.ts'
import { createDrain } from './drain.ts'
import { createFarChanges } from './far-changes.ts'
import type { Hub, HubConnection, HubLimits } from './hub.ts'
import { createLink } from './link.ts'
import { createLiveRooms } from './live-rooms.ts'
import { createLookout } from './lookout.ts'
import { createNodes } from './nodes.ts'
import { createPeers } from './peers.ts'
import type { HubPorts, WriteOp, WriteResult } from './ports.ts'
import { createPresence } from './presence.ts'
import { createPreviews } from './previews.ts'
import { createReadQueue } from './read-queue.ts'
import { createReceive } from './receive.ts'
import { createRequests } from './requests.ts'
import { createSendRate } from './send-rate.ts'
import { createSignIn } from './sign-in.ts'
import { createTyping } from './typing.ts'
import { createWatch } from './watch.ts'
import { createWriteQueue } from './write-queue.ts'

/** The live core of one node. It has no socket, no timer and no runtime: it is told what happened. */
export function createHub(ports: HubPorts, limits: HubLimits): Hub {
  const { clock, newId, log, rooms, publish, report } = ports
  const connections = new Set<Connection>()
  let epoch = ports.epoch
  let activeAtMs = clock()
  const active = (): void => void (activeAtMs = clock())

  // Parts that call each other do so only after all of them are made.
  const link = createLink({ ...ports, nodeId: newId() })
  const peers = createPeers({
    clock,
    ask: (of) => link.tell({ type: 'presence_wanted', of }),
    onChange: (userId) => presence.touchFar(userId),
    onGone: (nodeId) => previews.gone(nodeId),
  })
  const presence = createPresence({
    clock,
    elsewhere: (userId) => peers.statusOf(userId),
    tellsOthers: ports.bus !== null,
  })
  const changes = createFarChanges({ rooms, presence, publish, report })
  const live = createLiveRooms({ log, publish, clock, report, onFar: (chat) => changes.act(chat) })
  const typing = createTyping({
    clock,
    onTold: (roomId, userIds) => nodes.tell({ type: 'typing', roomId, userIds }),
  })
  const reads = createReadQueue({ saveReads: (batch) => rooms.saveReads(batch), clock, report })
  const sendRate = createSendRate({
    clock,
    perSecond: limits.chatsPerSecond,
    burst: limits.chatBurst,
    graceMs: wire.rateLimitGraceMs,
    counts: ports.counts,
  })
  const acks = createAcks()
  const previews = createPreviews({
    ...ports,
    live,
    presence,
    link,
    waitingSince: (atMs) => queue.waitingSince(atMs),
  })
  const queue = createWriteQueue({
    log,
    clock,
    report(event) {
      // The connection went: another database may answer next.
      if (event.type === 'commit_failed') lookout.missed()
      report(event)
    },
    limits: { ...wire, queueChats: limits.queueChats, queueBytes: limits.queueBytes },
    settle: createSettle({
      live,
      presence,
      reads,
      acks,
      previews,
      publish,
      onCommitted(chats) {
        nodes.committed(chats)
        ports.onStored(chats)
      },
    }),
  })
  const signIn = createSignIn({
    ports,
    epoch: () => epoch,
    limits,
    connections,
    presence,
    socketsElsewhere: (userId) => peers.socketsOf(userId),
  })
  const lookout = createLookout({
    ...ports,
    link,
    live,
    presence,
    connections,
    onSessionEnded: signIn.revoked,
    onPlace: changes.welcome,
    onEpoch: (now) => {
      if (now === epoch) return
      epoch = now
      report({ type: 'epoch_changed', epoch })
      // Everyone comes back, hears the new epoch, and loads its rooms anew (RS3, RS6).
      live.clear()
      for (const connection of connections) connection.close(closeCodes.drain)
    },
  })
  const watch = createWatch({ ...ports, connections, presence })
  const drain = createDrain({ clock, connections, queue })

  const tellHere = (userId: string, text: string, from?: Connection): void => {
    for (const connection of presence.connectionsOf(userId)) {
      if (connection !== from) connection.send(text)
    }
  }

  const tell = (userId: string, frame: ServerFrame, from?: Connection): void => {
    const text = JSON.stringify(frame)
    tellHere(userId, text, from)
    nodes.tellSurely({ type: 'told', userId, text })
  }

  const tellUser = (user: User): void => {
    for (const connection of presence.connectionsOf(user.id)) {
      if (connection.identity) connection.identity = { ...connection.identity, user }
    }
    const text = JSON.stringify({ type: 'user_updated', user })
    for (const connection of connections) if (connection.identity) connection.send(text)
  }

  const nodes = createNodes({
    ports,
    link,
    peers,
    live,
    presence,
    previews,
    lookout,
    changes,
    on: {
      typing: (roomId, userIds) => {
        const room = live.get(roomId)
        if (room) typing.heard(room, userIds)
      },
      told: tellHere,
      userUpdated: tellUser,
      sessionRevoked: signIn.revoked,
    },
  })

  const draining = (): AppError | null =>
    drain.isDraining()
      ? new AppError('draining', 'This server is restarting; try again soon', {
          retryAfterMs: 1_000,
        })
      : null

  /** Who hears `@here` is who is online when it is said. */
  const withHere = (op: WriteOp): WriteOp => {
    if (op.kind !== 'post' || everyoneIn(op.message) !== 'here') return op
    const here = presence.snapshot().filter(({ status }) => status === 'online')
    return { ...op, hereIds: here.map(({ userId }) => userId) }
  }

  const push = (op: WriteOp, done: (result: WriteResult) => void): AppError | null => {
    active()
    const refused = draining() ?? queue.push({ op: withHere(op), done })
    if (!refused) previews.arm()
    return refused
  }

  const markRead = (
    userId: string,
    roomId: string,
    seq: number,
    from?: Connection,
  ): Promise<void> => {
    const room = live.get(roomId)
    const known = room?.isLoaded ? Math.min(seq, room.tail.lastSeq) : seq
    reads.put(userId, roomId, known)
    tell(userId, { type: 'read', roomId, seq: known }, from)
    return reads.flush()
  }

  const markUnread = async (userId: string, roomId: string, seq: number): Promise<void> => {
    await reads.drop(userId, roomId)
    await rooms.moveReadBack(userId, roomId, seq)
    tell(userId, { type: 'read', roomId, seq, back: true })
  }

  const receive = createReceive({
    ports,
    epoch: () => epoch,
    live,
    acks,
    typing,
    presence,
    sendRate,
    push,
    markRead,
  })

  const core: ConnectionCore = {
    clock,
    onText(connection, data) {
      active()
      try {
        if (connection.held) signIn.hold(connection, data)
        else receive(connection, data, signIn)
      } catch (error) {
        // One text must not end the server for everyone.
        report({ type: 'frame_failed', error })
        connection.replyError(new AppError('internal', 'This frame could not be handled'))
      }
    },
    onClosed(connection) {
      active()
      connections.delete(connection)
      signIn.closed(connection)
      const userId = connection.identity?.user.id
      if (userId) presence.remove(userId, connection)
    },
  }

  return {
    admit: (ip) => draining() ?? signIn.admit(ip),

    connect(socket, request): HubConnection {
      active()
      const connection = new Connection(core, socket, request.ip)
      connections.add(connection)
      signIn.opened(connection, request, receive)
      return connection
    },

    ...createRequests({ newId, sendRate, push }),

    roomCreated(places) {
      for (const { userId, room } of places) {
        const text = JSON.stringify({ type: 'room_added', room })
        tellHere(userId, text)
      }
      const roomId = places[0]?.room.id
      const userIds = places.map(({ userId }) => userId)
      if (roomId) nodes.tellSurely({ type: 'room_created', roomId, userIds })
    },

    markRead: (userId, roomId, seq) => markRead(userId, roomId, seq),
    markUnread,
    tell: (userId, frame) => tell(userId, frame),
    pageFor: (roomId, userId) =>
      ports.bus === null && lookout.isAlone() ? live.pageFor(roomId, userId) : null,
    newestPage: (roomId, since, userId) => live.newestPage(roomId, since, userId),
    presence: () => presence.snapshot(),

    userUpdated(user) {
      tellUser(user)
      nodes.tellSurely({ type: 'user_updated', user })
    },

    sessionRevoked(sessionId) {
      signIn.revoked(sessionId)
      nodes.tellSurely({ type: 'session_revoked', sessionId })
    },

    tick() {
      queue.tick()
      void reads.flush()
      typing.flush()
      live.tick()
      watch.tick()
      nodes.tick()
      drain.tick()
    },

    async drain(how) {
      await drain.start(how)
      nodes.bye()
    },

    isQuietFor: (ms) =>
      clock() - activeAtMs >= ms &&
      queue.waiting() === 0 &&
      reads.isIdle() &&
      live.isSettled() &&
      presence.isTold() &&
      !drain.isDraining(),
    rest: () => live.told(),

    resume(told) {
      for (const { roomId, head, lastSeq } of told) live.load(live.open(roomId), head, lastSeq)
      lookout.missed()
    },

    restore(socket, { ip, identity, isAway, roomIds }): HubConnection {
      const connection = new Connection(core, socket, ip)
      // A token that ended meanwhile has the time of grace from now on: nobody could say so before.
      const expiresAtMs = Math.max(identity.expiresAtMs, ports.wallClock())
      connection.identity = { ...identity, expiresAtMs }
      connection.isAway = isAway
      connections.add(connection)
      presence.restore(identity.user.id, connection)
      for (const roomId of roomIds) connection.enter(live.open(roomId))
      return connection
    },

    stats: () => ({
      connections: connections.size,
      users: presence.users(),
      rooms: live.size(),
      queued: queue.waiting(),
      isDraining: drain.isDraining(),
      isDegraded: link.isDegraded(),
    }),
  }
}
