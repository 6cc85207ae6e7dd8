import { expect, test } from 'bun:test'
import { createMemoryBus } from './memory-bus.ts'
import { HubStage, person, type TestSocket } from './testing.ts'

const previewed = (socket: TestSocket): string[] =>
  socket.of('preview').flatMap(({ chats }) => chats.map(({ message }) => message))
const withdrawn = (socket: TestSocket): string[] =>
  socket.of('preview_withdrawn').flatMap(({ ids }) => ids)

const talk = async (limits: ConstructorParameters<typeof HubStage>[0] = {}) => {
  const stage = new HubStage(limits)
  const room = stage.room(1, 10, 11)
  const [ada, grace] = [await stage.enter(10, room), await stage.enter(11, room)]
  const say = (message: string, cid = message) =>
    ada.say({ type: 'chat', roomId: room, message, cid })
  return { stage, room, ada, grace, say }
}

test('PV1: a chat that waits 50 ms for its commit is shown to the room, once, and acked only when stored', async () => {
  const { stage, room, ada, grace, say } = await talk()
  stage.log.hold()
  say('slow')
  await stage.pass(49)
  expect(grace.of('preview')).toEqual([])
  await stage.pass(1)
  expect(grace.of('preview')).toMatchObject([
    { roomId: room, chats: [{ sender: { id: person(10).id }, cid: 'slow', message: 'slow' }] },
  ])
  await stage.pass(50)
  await stage.pass(1_000)
  expect(previewed(grace)).toEqual(['slow'])
  expect([grace.of('chat'), ada.of('ack')]).toEqual([[], []])
  stage.log.release()
  await stage.settle()
  expect(grace.of('chat')[0]?.chat.id).toBe(grace.of('preview')[0]?.chats[0]?.id ?? '')
  expect(ada.of('ack')).toHaveLength(1)
  expect(withdrawn(grace)).toEqual([])
})

test('PV1: a chat that is stored in time is never shown before', async () => {
  const { stage, grace, say } = await talk()
  say('quick')
  await stage.settle()
  await stage.pass(50)
  expect(grace.of('preview')).toEqual([])
})

test('PV2: a preview of what is refused in the end is withdrawn', async () => {
  const { stage, room, ada, grace, say } = await talk()
  await stage.settle()
  stage.log.hold()
  say('late')
  await stage.pass(50)
  stage.log.members.get(room)?.delete(person(10).id)
  stage.log.release()
  await stage.settle()
  expect(withdrawn(grace)).toEqual(grace.of('preview').flatMap(({ chats }) => chats[0]?.id ?? []))
  expect(ada.of('error')).toMatchObject([{ code: 'not_found', cid: 'late' }])
})

test('PV2: a retry that waits beside its first try is shown once, and ends with it', async () => {
  const { stage, grace, say } = await talk()
  stage.log.hold()
  say('twice')
  await stage.pass(50)
  say('twice')
  await stage.pass(50)
  expect(previewed(grace)).toEqual(['twice'])
  stage.log.release()
  await stage.settle()
  expect(grace.of('chat')).toHaveLength(1)
  expect(withdrawn(grace)).toEqual([])
})

test('PV2: a preview of a retry of what was stored long ago is withdrawn', async () => {
  const { stage, grace, say } = await talk()
  say('stored')
  await stage.settle()
  stage.log.hold()
  say('stored')
  await stage.pass(50)
  expect(previewed(grace)).toEqual(['stored'])
  stage.log.release()
  await stage.settle()
  expect(withdrawn(grace)).toHaveLength(1)
  expect(grace.of('chat')).toHaveLength(1)
})

test('security 23: whoever is not in the room shows it nothing', async () => {
  const { stage, room, grace } = await talk()
  const mallory = await stage.enter(66)
  stage.log.hold()
  mallory.say({ type: 'chat', roomId: room, message: 'spam', cid: 'm1' })
  const left = await stage.enter(10, room)
  left.say({ type: 'leave_room', roomId: room })
  await stage.pass(100)
  expect(grace.of('preview')).toEqual([])
  stage.log.release()
})

test('PV1: at most a hundred of a room are shown, and the rest are stored all the same', async () => {
  const { stage, grace, say } = await talk()
  stage.log.hold()
  for (let n = 0; n < 150; n += 1) say(`${n}`)
  await stage.pass(50)
  await stage.pass(50)
  expect(previewed(grace)).toHaveLength(100)
  stage.log.release()
  await stage.settle()
  expect(grace.of('chat')).toHaveLength(150)
})

test('WQ6, PV4: with the database away sends are refused in time, none is acked, and all that were taken are stored', async () => {
  const { stage, ada, grace, say } = await talk({ queueChats: 5 })
  stage.log.failures = Array.from({ length: 8 }, () => 'before' as const)
  for (let n = 0; n < 8; n += 1) say(`${n}`)
  await stage.pass(50)
  expect(previewed(grace)).toEqual(['0', '1', '2', '3', '4'])
  expect(ada.of('error').map(({ code, cid }) => [code, cid])).toEqual([
    ['overloaded', '5'],
    ['overloaded', '6'],
    ['overloaded', '7'],
  ])
  for (let n = 0; n < 4; n += 1) await stage.pass(1_000)
  expect(ada.of('ack')).toEqual([])
  for (let n = 0; n < 8; n += 1) await stage.pass(1_000)
  expect(ada.of('ack').map(({ cid }) => cid)).toEqual(['0', '1', '2', '3', '4'])
  expect(grace.of('chat').map(({ chat }) => chat.message)).toEqual(['0', '1', '2', '3', '4'])
})

test('PV2: previews cross over to other nodes, and those of a node that dies are withdrawn', async () => {
  const bus = createMemoryBus()
  const here = new HubStage({}, { bus: bus.connect() })
  const there = new HubStage({}, { bus: bus.connect(), log: here.log })
  const room = here.room(1, 10, 11)
  const [ada, grace] = [await here.enter(10, room), await there.enter(11, room)]
  await here.pass(250)
  await there.pass(250)
  here.log.hold()
  ada.say({ type: 'chat', roomId: room, message: 'stored in the end', cid: 'c1' })
  await here.pass(50)
  await there.settle()
  expect(previewed(grace)).toEqual(['stored in the end'])
  here.log.release()
  await here.settle()
  await there.settle()
  // After its chat, for those who joined between the two and had it already.
  expect(grace.frames.slice(-2).map(({ type }) => type)).toEqual(['chat', 'preview_withdrawn'])
  here.log.hold()
  ada.say({ type: 'chat', roomId: room, message: 'lost with its node', cid: 'c2' })
  await here.pass(50)
  expect(previewed(grace)).toEqual(['stored in the end', 'lost with its node'])
  for (let ms = 0; ms < 11_000; ms += 250) await there.pass(250)
  expect(withdrawn(grace).at(-1)).toBe(grace.of('preview').at(-1)?.chats[0]?.id ?? '')
  expect(grace.of('chat').map(({ chat }) => chat.message)).toEqual(['stored in the end'])
})

test('PV2: where the end of a preview may have been lost with the bus, the preview is withdrawn', async () => {
  const bus = createMemoryBus()
  const here = new HubStage({}, { bus: bus.connect() })
  const there = new HubStage({}, { bus: bus.connect(), log: here.log })
  here.hasPeers = there.hasPeers = true
  const room = here.room(1, 10, 11)
  const [ada, grace] = [await here.enter(10, room), await there.enter(11, room)]
  await here.pass(250)
  await there.pass(250)
  here.log.hold()
  ada.say({ type: 'chat', roomId: room, message: 'waits', cid: 'c1' })
  await here.pass(50)
  bus.cut()
  here.log.release()
  await here.settle()
  bus.mend()
  await there.pass(1_000)
  expect(withdrawn(grace)).toHaveLength(1)
  expect(grace.of('chat').map(({ chat }) => chat.message)).toEqual(['waits'])
})
