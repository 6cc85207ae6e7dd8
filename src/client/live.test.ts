import { expect, test } from 'bun:test'
import type { Chat } from '../protocol/chats.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import { createLive } from './live.ts'
import { chatOf, fakeNetwork, hello, previewOf } from './testing.ts'

const start = (history: (after: number) => Chat[] = () => []) => {
  const net = fakeNetwork()
  const told: string[] = []
  let cids = 0
  const live = createLive({
    url: 'ws://parley/ws',
    token: async () => 't1',
    // The test itself wrote the text.
    parse: (text) => JSON.parse(text) as ServerFrame,
    history: async (_, after) => {
      const chats = history(after)
      return { chats: chats.slice(0, 2), hasAfter: chats.length > 2 }
    },
    keep: 100,
    window: 1,
    newCid: () => `c${(cids += 1)}`,
    runtime: net.runtime,
    openSocket: net.openSocket,
  })
  live.on('chat', ({ seq }) => told.push(`chat ${seq}`))
  live.on('updated', ({ seq }) => told.push(`updated ${seq}`))
  const tell = (...frames: ServerFrame[]): void => {
    for (const frame of frames) net.socket().received(JSON.stringify(frame))
  }
  const connect = async (epoch?: string): Promise<void> => {
    await net.pass(500)
    net.socket().opened()
    tell(hello(epoch))
  }
  /** Joins room `r`, whose newest chat is number 3. */
  const join = async (): Promise<void> => {
    const joining = live.join('r')
    tell({ type: 'joined', roomId: 'r', head: 3, lastSeq: 3 })
    await joining
  }
  const sent = () => net.socket().sent.slice(1)
  return { ...net, live, told, tell, connect, join, sent }
}
const ackOf = (cid: string, seq: number): ServerFrame => ({
  type: 'ack',
  cid,
  id: chatOf(seq).id,
  roomId: 'r',
  seq,
  at: chatOf(seq).createdAt,
})
const chat = (seq: number, rev = seq): ServerFrame => ({ type: 'chat', chat: chatOf(seq, rev) })

test('after a loss it asks for all rooms in one sync, and sends again what was not acked', async () => {
  const { live, connect, join, socket, sent, tell, told } = start()
  await connect()
  await join()
  tell(chat(4))
  const sending = live.send('r', 'hello')
  socket().closed(1006, '')
  await connect()
  expect(sent()).toEqual([
    { type: 'sync', epoch: 'e1', rooms: [{ roomId: 'r', after: 4 }] },
    { type: 'chat', cid: 'c1', roomId: 'r', message: 'hello' },
  ])
  tell(
    { type: 'joined', roomId: 'r', head: 5, lastSeq: 5, changes: [chatOf(5)] },
    { type: 'synced', epoch: 'e1' },
    ackOf('c1', 6),
    chat(6),
  )
  expect((await sending).seq).toBe(6)
  expect(told).toEqual(['chat 4', 'chat 5', 'chat 6'])
})

test('a hole is asked for once and healed', async () => {
  const { live, connect, join, sent, tell, told } = start()
  await connect()
  await join()
  tell(chat(6), chat(7))
  expect(sent().slice(1)).toEqual([{ type: 'join_room', roomId: 'r', after: 3 }])
  const changes = [4, 5, 6, 7].map((seq) => chatOf(seq))
  tell({ type: 'joined', roomId: 'r', head: 7, lastSeq: 7, changes }, chat(8))
  expect(told).toEqual(['chat 4', 'chat 5', 'chat 6', 'chat 7', 'chat 8'])
  expect(live.view('r')).toMatchObject({ head: 8, lastSeq: 8 })
})

test('a room that is too far behind is read anew, with what is said meanwhile behind it', async () => {
  const log = [4, 5, 6, 7, 8].map((seq) => chatOf(seq))
  const { connect, join, socket, tell, told, pass } = start((after) =>
    log.filter(({ seq }) => seq > after),
  )
  await connect()
  await join()
  tell(chat(4))
  socket().closed(1006, '')
  await connect()
  log[0] = chatOf(4, 9)
  tell({ type: 'joined', roomId: 'r', head: 9, lastSeq: 8, tooFar: true }, chat(9, 10))
  await pass(0)
  expect(told).toEqual(['chat 4', 'updated 4', 'chat 5', 'chat 6', 'chat 7', 'chat 8', 'chat 9'])
})

test('another epoch: what was acked of late is sent again, under the same cid', async () => {
  const { live, connect, socket, sent, tell } = start()
  await connect()
  const sending = live.send('r', 'hello')
  tell(ackOf('c1', 4))
  await sending
  socket().closed(1006, '')
  await connect('e2')
  expect(sent().at(-1)).toEqual({ type: 'chat', cid: 'c1', roomId: 'r', message: 'hello' })
})

test('security 36: a send over the rate waits and goes again, in order; it is not refused', async () => {
  const { live, connect, sent, tell, pass } = start()
  await connect()
  const sending = Promise.all([live.send('r', 'one'), live.send('r', 'two')])
  tell({ type: 'error', code: 'rate_limited', message: 'slow', cid: 'c1', retryAfterMs: 300 })
  await pass(299)
  expect(sent()).toHaveLength(1)
  await pass(1)
  tell(ackOf('c1', 4), ackOf('c2', 5))
  expect((await sending).map(({ seq }) => seq)).toEqual([4, 5])
  expect(sent()).toMatchObject([{ cid: 'c1' }, { cid: 'c1' }, { cid: 'c2' }])
})

test('a refused send rejects with what the server said, and the next one goes', async () => {
  const { live, connect, tell } = start()
  await connect()
  const first = live.send('r', 'one')
  const second = live.send('r', 'two')
  tell({ type: 'error', code: 'not_member', message: 'join it first', cid: 'c1' })
  tell(ackOf('c2', 4))
  await expect(first).rejects.toMatchObject({ code: 'not_member', message: 'join it first' })
  expect((await second).seq).toBe(4)
})

test('a join that is refused rejects', async () => {
  const { live, connect, tell } = start()
  await connect()
  const joining = live.join('r')
  tell({ type: 'error', code: 'not_found', message: 'no such room', roomId: 'r' })
  await expect(joining).rejects.toMatchObject({ code: 'not_found' })
  expect(live.view('r')).toBeNull()
})

test('a session that is revoked ends what waits', async () => {
  const { live, connect, socket } = start()
  await connect()
  const sending = live.send('r', 'one')
  socket().closed(4006, 'session revoked')
  await expect(sending).rejects.toMatchObject({ code: 'session_revoked' })
  await expect(live.send('r', 'two')).rejects.toMatchObject({ code: 'session_revoked' })
})

test('the same cid twice at once is a mistake of the caller, and told so', async () => {
  const { live, connect, tell } = start()
  await connect()
  const first = live.send('r', 'one', { cid: 'mine' })
  await expect(live.send('r', 'two', { cid: 'mine' })).rejects.toMatchObject({
    code: 'cid_conflict',
  })
  tell(ackOf('mine', 4))
  expect((await first).seq).toBe(4)
})

/** Joins room `r`; every change of its previews is noted. */
const startWithPreviews = async (history?: (after: number) => Chat[]) => {
  const started = start(history)
  const seen: string[][] = []
  const shown = (): string[] => started.live.previews('r').map(({ cid }) => cid)
  started.live.on('previews', ({ roomId }) => roomId === 'r' && seen.push(shown()))
  await started.connect()
  await started.join()
  return { ...started, seen, shown }
}
const preview = (...seqs: number[]): ServerFrame => ({
  type: 'preview',
  roomId: 'r',
  chats: seqs.map((seq) => previewOf(seq)),
})

test('PV2: previews are told of, and end in their chats or withdrawn', async () => {
  const { live, tell, seen, shown } = await startWithPreviews()
  live.on('chat', ({ cid }) => expect(shown()).not.toContain(cid))
  tell(preview(4, 5), preview(6), chat(4))
  tell({ type: 'preview_withdrawn', roomId: 'r', ids: [previewOf(5).id] })
  tell({ type: 'chat', chat: { ...chatOf(5), cid: 'c6' } })
  expect(seen).toEqual([['c4', 'c5'], ['c4', 'c5', 'c6'], ['c5', 'c6'], ['c6'], []])
  tell(preview(4))
  expect(seen).toHaveLength(5)
})

test('PV2: what a hole held back confirms its preview when it is healed', async () => {
  const { tell, shown } = await startWithPreviews()
  tell(preview(4, 5), chat(5))
  expect(shown()).toEqual(['c4', 'c5'])
  tell({ type: 'joined', roomId: 'r', head: 5, lastSeq: 5, changes: [chatOf(4), chatOf(5)] })
  expect(shown()).toEqual([])
})

test('PV3: previews go with the connection, and with the room', async () => {
  const { live, tell, connect, socket, seen, shown } = await startWithPreviews()
  tell(preview(4))
  socket().closed(1006, '')
  expect(seen).toEqual([['c4'], []])
  await connect()
  tell({ type: 'joined', roomId: 'r', head: 3, lastSeq: 3, changes: [] }, preview(4))
  expect(shown()).toEqual(['c4'])
  live.leave('r')
  tell(preview(5))
  expect(shown()).toEqual([])
  const joining = live.join('r')
  // Of the stay that ended.
  tell(preview(6), { type: 'joined', roomId: 'r', head: 3, lastSeq: 3 })
  await joining
  expect(shown()).toEqual([])
})

test('RS3: too far behind, previews are dropped, and later ones are held against what was read', async () => {
  const log = [4, 5].map((seq) => chatOf(seq))
  const { tell, shown, pass } = await startWithPreviews((after) =>
    log.filter(({ seq }) => seq > after),
  )
  tell(preview(4), { type: 'joined', roomId: 'r', head: 900, lastSeq: 5, tooFar: true })
  expect(shown()).toEqual([])
  tell(preview(5, 6))
  await pass(0)
  expect(shown()).toEqual(['c6'])
})

test('a send of this client is not its own preview, one of the same person elsewhere is', async () => {
  const { live, tell, shown } = await startWithPreviews()
  const sending = live.send('r', 'hello', { cid: 'c4' })
  tell(preview(4, 5))
  expect(shown()).toEqual(['c5'])
  tell(chat(4), ackOf('c4', 4))
  await sending
  expect(shown()).toEqual(['c5'])
})
