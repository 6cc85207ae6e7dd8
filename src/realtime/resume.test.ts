import { expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Chat } from '../protocol/chats.ts'
import { HubStage, person, type TestSocket } from './testing.ts'

/** A client that keeps the contract: revs in order, holes never. */
const viewOf = (socket: TestSocket, roomId: string) => {
  const chats = new Map<number, Chat>()
  let head = 0
  const doubled: number[] = []
  for (const frame of socket.frames) {
    if (frame.type === 'joined' && frame.roomId === roomId) {
      for (const chat of frame.changes ?? []) chats.set(chat.seq, chat)
      head = frame.head
    } else if (
      (frame.type === 'chat' || frame.type === 'chat_updated') &&
      frame.chat.roomId === roomId
    ) {
      if (frame.chat.rev !== head + 1) doubled.push(frame.chat.rev)
      head = frame.chat.rev
      chats.set(frame.chat.seq, frame.chat)
    }
  }
  return { chats: [...chats.values()].sort((a, b) => a.seq - b.seq), head, doubled }
}

test('RS1: whoever joins with after hears just what changed, then what is new', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  const ada = await stage.enter(10, room)
  for (const n of [1, 2, 3]) ada.say({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
  await stage.settle()
  const grace = await stage.enter(11)
  grace.say({ type: 'join_room', roomId: room, after: 1 })
  await stage.settle()
  ada.say({ type: 'chat', roomId: room, message: '4', cid: 'c4' })
  await stage.settle()
  expect(grace.of('joined')[0]?.changes?.map(({ message }) => message)).toEqual(['2', '3'])
  expect(grace.of('chat').map(({ chat }) => chat.message)).toEqual(['4'])
})

/** Holds back the answer of the next read until the function that comes back is called. */
const holdRead = (stage: HubStage): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  stage.afterRead = () => promise
  return resolve
}

test('RS1: a commit that returns while the head is being read is not missed', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  const grace = await stage.enter(11)
  const release = holdRead(stage)
  grace.say({ type: 'join_room', roomId: room, after: 0 })
  await stage.settle()
  await stage.hub.post({ sender: person(10), roomId: room, message: 'meanwhile' })
  release()
  await stage.settle()
  expect(grace.of('joined')).toMatchObject([{ head: 1 }])
  expect(viewOf(grace, room).chats.map(({ message }) => message)).toEqual(['meanwhile'])
  expect(viewOf(grace, room).doubled).toEqual([])
})

test('security 24: whoever is removed while a join is under way does not get in', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  await stage.hub.post({ sender: person(10), roomId: room, message: 'before' })
  const grace = await stage.enter(11)
  const release = holdRead(stage)
  grace.say({ type: 'join_room', roomId: room, after: 0 })
  await stage.settle()
  const change = { type: 'remove' as const, userId: person(11).id }
  await stage.hub.changeRoom({ roomId: room, actor: person(10), change })
  release()
  await stage.settle()
  await stage.hub.post({ sender: person(10), roomId: room, message: 'after' })
  expect(grace.of('left')).toMatchObject([{ reason: 'removed' }])
  expect([grace.of('joined'), grace.of('chat'), [...grace.topics]]).toEqual([[], [], []])
})

test('WQ5: a commit that failed is repeated after a pause that grows', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10)
  const ada = await stage.enter(10, room)
  stage.log.failures = ['before', 'before']
  ada.say({ type: 'chat', roomId: room, message: 'hello', cid: 'c1' })
  await stage.settle()
  await stage.pass(50)
  expect(stage.log.commits).toHaveLength(1)
  await stage.pass(50)
  expect(stage.log.commits).toHaveLength(2)
  await stage.pass(100)
  expect(stage.log.commits).toHaveLength(2)
  await stage.pass(100)
  expect(ada.of('ack')).toMatchObject([{ cid: 'c1', seq: 1 }])
})

test('RS3: another epoch, a rev from the future, or more than 300 changes answer tooFar', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10)
  for (let n = 0; n < 301; n += 1) {
    await stage.hub.post({ sender: person(10), roomId: room, message: `${n}` })
  }
  const ada = await stage.enter(10)
  ada.say({ type: 'sync', epoch: 'epoch-1', rooms: [{ roomId: room, after: 0 }] })
  await stage.settle()
  ada.say({ type: 'sync', epoch: 'epoch-0', rooms: [{ roomId: room, after: 300 }] })
  await stage.settle()
  ada.say({ type: 'sync', epoch: 'epoch-1', rooms: [{ roomId: room, after: 302 }] })
  await stage.settle()
  ada.say({ type: 'sync', epoch: 'epoch-1', rooms: [{ roomId: room, after: 1 }] })
  await stage.settle()
  expect(ada.of('joined').map(({ tooFar, head }) => [tooFar, head])).toEqual([
    [true, 301],
    [true, 301],
    [true, 301],
    [undefined, 301],
  ])
  expect(ada.of('joined')[3]?.changes).toHaveLength(300)
  expect(ada.of('synced')).toHaveLength(4)
})

test('RS6: after a failover everyone is sent back and meets the new epoch, with nothing kept of the old', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  const [ada, grace] = [await stage.enter(10, room), await stage.enter(11, room)]
  for (const n of [1, 2, 3]) ada.say({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
  await stage.settle()
  // The standby had not got the last one.
  stage.log.chats.get(room)?.pop()
  stage.log.heads.set(room, 2)
  stage.epoch = 'epoch-2'
  stage.log.failures = ['before']
  ada.say({ type: 'chat', roomId: room, message: '4', cid: 'c4' })
  await stage.pass(1_000)
  await stage.pass(1_000)
  expect([ada.closed, grace.closed]).toEqual([1012, 1012])
  const back = await stage.enter(11)
  back.say({ type: 'sync', epoch: 'epoch-1', rooms: [{ roomId: room, after: 3 }] })
  await stage.settle()
  expect(back.of('hello')).toMatchObject([{ epoch: 'epoch-2' }])
  expect(back.of('joined')).toMatchObject([{ tooFar: true, head: 3, lastSeq: 3 }])
  expect(back.of('synced')).toMatchObject([{ epoch: 'epoch-2' }])
  expect(stage.log.chats.get(room)?.map(({ message }) => message)).toEqual(['1', '2', '4'])
})

test('WQ2: what arrives during a commit is the next batch, with one writer in flight', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10)
  const ada = await stage.enter(10, room)
  stage.log.hold()
  for (let n = 0; n < 5; n += 1)
    ada.say({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
  await stage.settle()
  expect(stage.log.commits.map((ops) => ops.length)).toEqual([1])
  stage.log.release()
  await stage.settle()
  expect(stage.log.commits.map((ops) => ops.length)).toEqual([1, 4])
  expect(ada.of('ack').map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
})

test('WQ5: a commit whose answer was lost is found by its cid: acked, heard once', async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10)
  const ada = await stage.enter(10, room)
  stage.log.failures = ['after', 'before']
  ada.say({ type: 'chat', roomId: room, message: 'hello', cid: 'c1' })
  await stage.settle()
  expect(ada.of('error')).toEqual([])
  for (let n = 0; n < 4; n += 1) await stage.pass(1_000)
  expect(ada.of('ack')).toMatchObject([{ cid: 'c1', seq: 1 }])
  expect(viewOf(ada, room)).toMatchObject({ head: 1, doubled: [] })
})

test('WQ6: a full or an old queue answers overloaded with a time to wait, and stores what it took', async () => {
  const stage = new HubStage({ queueChats: 3 })
  const room = stage.room(1, 10)
  const ada = await stage.enter(10, room)
  stage.log.hold()
  for (let n = 0; n < 4; n += 1)
    ada.say({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
  expect(ada.of('error')).toMatchObject([{ code: 'overloaded', cid: 'c3', retryAfterMs: 1_000 }])
  stage.log.release()
  await stage.settle()
  expect(ada.of('ack').map(({ cid }) => cid)).toEqual(['c0', 'c1', 'c2'])
  stage.log.hold()
  ada.say({ type: 'chat', roomId: room, message: 'waits', cid: 'c5' })
  stage.nowMs += 10_001
  ada.say({ type: 'chat', roomId: room, message: 'refused', cid: 'c6' })
  expect(ada.of('error').at(-1)).toMatchObject({ code: 'overloaded', cid: 'c6' })
  stage.log.release()
})

test('CH5, RS5: however joins, sends, edits and lost answers fall, every view ends as the log', async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), by: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), by: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), by: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), by: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), by: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), by: fc.nat(9) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const stage = new HubStage()
      const room = stage.room(1, 10, 11, 12)
      const sockets = [await stage.enter(10), await stage.enter(11), await stage.enter(12)]
      let cid = 0
      for (const { do: what, by } of steps) {
        const socket = sockets[by % 3]!
        if (what === 'send') {
          socket.say({ type: 'chat', roomId: room, message: `${cid}`, cid: `c${(cid += 1)}` })
        } else if (what === 'edit') {
          const chat = stage.log.chats.get(room)?.at(-1)
          if (chat)
            void stage.hub.edit({
              roomId: room,
              chatId: chat.id,
              actor: person(10 + by),
              message: `e${by}`,
            })
        } else if (what === 'join') {
          socket.say({ type: 'join_room', roomId: room, after: viewOf(socket, room).head })
        } else if (what === 'leave') socket.say({ type: 'leave_room', roomId: room })
        else if (what === 'lose') stage.log.failures.push('after')
        else for (let turn = 0; turn < by; turn += 1) await Promise.resolve()
      }
      for (let n = 0; n < 30; n += 1) await stage.pass(1_000)
      for (const socket of sockets) {
        socket.say({ type: 'join_room', roomId: room, after: viewOf(socket, room).head })
      }
      await stage.settle()
      const truth = stage.log.chats.get(room)
      for (const socket of sockets) {
        if (socket.closed === null) expect(viewOf(socket, room).chats).toEqual(truth!)
      }
    }),
    { numRuns: 150, seed: 20_261_121 },
  )
})
