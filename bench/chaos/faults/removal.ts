import { WireSocket } from '../../../src/adapters/testing.ts'
import { type Client, call, createClient } from '../../../src/client.ts'
import type { ServerFrame } from '../../../src/protocol/frames.ts'
import { until } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import type { Stage } from '../stage.ts'

/** Chats a second of all senders together. */
const rate = 100
const tailMs = 1_500
const ackedWithinMs = 5_000

export const removal: Fault = {
  name: 'removal',
  about:
    'a member is removed while 100 chats/s flow, with Redis and without; no chat after the removal reaches them, on any node',
  nodes: 2,
  async run(stage) {
    const { times, redis, expect } = stage
    const rounds = times(20, 6, 2)
    let leaked = 0
    let untold = 0
    for (let round = 0; round < rounds; round += 1) {
      // Half of the rounds without Redis, where there is one.
      if (round === Math.ceil(rounds / 2)) await redis?.kill()
      const found = await removeOne(stage, round)
      leaked += found.leaked
      untold += found.untold
      stage.trial()
    }
    expect.atMost('frames of the room behind the removal', leaked, 0)
    expect.atMost('sockets that were not told', untold, 0)
  },
}

/** User 0 owns the room, user 1 is removed from it, the others talk. */
async function removeOne(stage: Stage, round: number): Promise<{ leaked: number; untold: number }> {
  const { nodes, tokens, userIds, random } = stage
  const [owner, removed, ...senders] = tokens.slice(0, 6)
  if (!owner || !removed) throw new Error('A removal needs two users at least')
  const client = createClient({ url: nodes[0]?.url ?? '', accessToken: owner })
  const roomId = await roomWithAll(client, userIds.slice(1, 6), `Removal ${round}`)
  const sockets: WireSocket[] = []
  const enter = async (token: string, node: number): Promise<WireSocket> => {
    const socket = await WireSocket.signedIn(nodes[node % nodes.length]?.url ?? '', { token })
    sockets.push(socket)
    socket.send({ type: 'join_room', roomId })
    await socket.next('joined', (joined) => joined.roomId === roomId)
    return socket
  }
  const talking = await Promise.all(senders.map(enter))
  const hearing = await Promise.all(nodes.map((_, node) => enter(removed, node)))

  let sent = 0
  const talk = setInterval(() => {
    sent += 1
    talking[sent % talking.length]?.send({
      type: 'chat',
      roomId,
      cid: `removal-${round}-${sent}`,
      message: `number ${sent}`,
    })
  }, 1_000 / rate)
  await Bun.sleep(500 + random() * 1_000)
  const param = { roomId, userId: userIds[1] ?? '' }
  const over = createClient({ url: nodes[round % nodes.length]?.url ?? '', accessToken: owner })
  await call(over.api.rooms[':roomId'].members[':userId'].$delete({ param }))
  await Bun.sleep(tailMs)
  clearInterval(talk)
  const [observer] = talking
  const told = await observer?.next('chat', ({ chat }) => chat.event?.type === 'removed')
  const removalSeq = told?.chat.seq ?? 0
  const acked = (): number => talking.reduce((sum, socket) => sum + socket.of('ack').length, 0)
  await until(ackedWithinMs, () => acked() === sent)
  stage.tally(sent, acked())
  for (const socket of sockets) socket.close()
  return {
    leaked: hearing.flatMap(({ frames }) => leaksIn(frames, roomId, removalSeq)).length,
    untold: hearing.filter((socket) => !isTold(socket, roomId)).length,
  }
}

const isTold = (socket: WireSocket, roomId: string): boolean =>
  socket.of('left').some((left) => left.roomId === roomId && left.reason === 'removed')

/** Chats behind the removal, and whatever else of the room came behind the word that one is out. */
const leaksIn = (frames: readonly ServerFrame[], roomId: string, seq: number): ServerFrame[] => {
  const leftAt = frames.findIndex((frame) => frame.type === 'left' && frame.roomId === roomId)
  return frames.filter((frame, at) => {
    const isChat = frame.type === 'chat' || frame.type === 'chat_updated'
    if (isChat) return frame.chat.roomId === roomId && frame.chat.seq > seq
    return leftAt !== -1 && at > leftAt && 'roomId' in frame && frame.roomId === roomId
  })
}

const roomWithAll = async (
  client: Client,
  userIds: readonly string[],
  name: string,
): Promise<string> => {
  const { room } = await call(client.api.rooms.$post({ json: { name, kind: 'private' } }))
  const param = { roomId: room.id }
  for (const userId of userIds) {
    await call(client.api.rooms[':roomId'].members.$post({ param, json: { userId } }))
  }
  return room.id
}
