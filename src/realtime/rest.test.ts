import { expect, test } from 'bun:test'
import { HubStage, id, TestSocket } from './testing.ts'

const textsOf = (socket: TestSocket): string[] =>
  socket.of('chat').flatMap(({ chat }) => (chat.kind === 'text' ? chat.message : []))

const say = async (stage: HubStage, socket: TestSocket, roomId: string, message: string) => {
  socket.say({ type: 'chat', roomId, message, cid: message.replaceAll(' ', '-') })
  await stage.settle()
}

/** What a quiet hub leaves behind, as by way of a storage. */
const restOf = ({ hub }: HubStage, sockets: TestSocket[]) =>
  structuredClone({
    rooms: hub.rest(),
    connections: sockets.map(({ connection }) => connection?.resting() ?? null),
  })

/** A hub of its own that begins there, and the same sockets on it. */
const wake = (log: HubStage['log'], { rooms, connections }: ReturnType<typeof restOf>) => {
  const stage = new HubStage({}, { log })
  stage.hub.resume(rooms)
  const sockets = connections.map((state) => {
    if (!state) throw new Error('It can’t rest yet')
    const socket = new TestSocket()
    stage.sockets.push(socket)
    socket.connection = stage.hub.restore(socket, state)
    return socket
  })
  return { stage, sockets }
}

test('it is quiet when nothing came for so long and nothing is under way', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  const ada = await stage.enter(10, room)
  await stage.enter(11, room)
  await stage.pass(4_000)
  expect(stage.hub.isQuietFor(5_000)).toBe(false)
  await stage.pass(2_000)
  expect(stage.hub.isQuietFor(5_000)).toBe(true)
  // What is said waits for its commit.
  ada.say({ type: 'chat', roomId: room, message: 'hello', cid: 'one' })
  stage.nowMs += 6_000
  expect(stage.hub.isQuietFor(5_000)).toBe(false)
  await stage.settle()
  expect(stage.hub.isQuietFor(5_000)).toBe(true)
})

test('who listened goes on listening, from the rev that was told last, each chat once', async () => {
  const before = new HubStage()
  const room = before.room(1, 10, 11)
  const [ada, grace] = [await before.enter(10, room), await before.enter(11, room)]
  await say(before, ada, room, 'before the rest')
  await before.pass(6_000)
  const { stage, sockets } = wake(before.log, restOf(before, [ada, grace]))
  const [adaAgain = ada, graceAgain = grace] = sockets
  await say(stage, adaAgain, room, 'after the rest')
  expect(textsOf(graceAgain)).toEqual(['after the rest'])
  expect(graceAgain.of('chat').map(({ chat }) => chat.seq)).toEqual([2])
  expect(adaAgain.of('ack').map(({ seq }) => seq)).toEqual([2])
})

test('what was stored by another way meanwhile is told when it wakes', async () => {
  const before = new HubStage()
  const room = before.room(1, 10, 11)
  const ada = await before.enter(10, room)
  await say(before, ada, room, 'one')
  await before.pass(6_000)
  const rest = restOf(before, [ada])
  const elsewhere = new HubStage({}, { log: before.log })
  await say(elsewhere, await elsewhere.enter(11, room), room, 'two')
  const { stage, sockets } = wake(before.log, rest)
  await stage.pass(2_000)
  expect(sockets.map(textsOf)).toEqual([['two']])
})

test('PR1: after a rest nobody is told anew of those who stayed, but of who went meanwhile', async () => {
  const before = new HubStage()
  const room = before.room(1, 10, 11, 12)
  const people = [
    await before.enter(10, room),
    await before.enter(11, room),
    await before.enter(12),
  ]
  await before.pass(2_000)
  const { stage, sockets } = wake(before.log, restOf(before, people))
  const [ada, bob] = sockets
  bob?.connection?.closed()
  await stage.pass(10_000)
  expect(ada?.of('presence').map(({ changes }) => changes)).toEqual([
    [{ userId: id(11), status: 'offline' }],
  ])
  expect(stage.hub.presence().map(({ userId }) => userId)).toEqual([id(10), id(12)])
})

test('who has not said who they are can’t rest', async () => {
  const stage = new HubStage()
  const socket = new TestSocket()
  socket.connection = stage.hub.connect(socket, { token: undefined, version: 1, ip: '1.2.3.4' })
  expect(socket.connection.resting()).toBeNull()
})
