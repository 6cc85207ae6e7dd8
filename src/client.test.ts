import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Cast, type WireServer, signUp, startOnBun } from './adapters/testing.ts'
import { type Client, type LiveEvents, call, createClient } from './client.ts'

let server: WireServer
let ann: Cast
let bob: Cast
let roomId: string
const clients: Client[] = []

const clientOf = ({ token }: Cast): Client => {
  const client = createClient({ url: server.url, accessToken: token })
  clients.push(client)
  return client
}

/** The first event of this kind that `fits`. */
const heard = <Type extends keyof LiveEvents>(
  client: Client,
  type: Type,
  fits: (event: LiveEvents[Type]) => boolean,
): Promise<LiveEvents[Type]> =>
  new Promise((resolve) => {
    const stop = client.live.on(type, (event) => {
      if (!fits(event)) return
      stop()
      resolve(event)
    })
  })

beforeAll(async () => {
  server = await startOnBun({ LIMIT_CHATS_PER_SECOND: '100', LIMIT_CHAT_BURST: '20' })
  ann = await signUp(server.url, 'Ann')
  bob = await signUp(server.url, 'Bob')
  const json = { name: 'Workshop', kind: 'public' as const }
  const { room } = await call(clientOf(ann).api.rooms.$post({ json }))
  roomId = room.id
  await call(clientOf(bob).api.rooms[':roomId'].join.$post({ param: { roomId } }))
})

afterAll(async () => {
  for (const client of clients) client.close()
  await server.stop()
})

test('what one client sends, another is told once, and REST knows it', async () => {
  const [a, b] = [clientOf(ann), clientOf(bob)]
  await b.live.join(roomId)
  const hearing = heard(b, 'chat', ({ message }) => message === 'hello')
  const ack = await a.live.send(roomId, 'hello')
  expect(await hearing).toMatchObject({ id: ack.id, seq: ack.seq, sender: { id: ann.me.id } })
  const query = { limit: '1' }
  const page = await call(a.api.rooms[':roomId'].chats.$get({ param: { roomId }, query }))
  expect(page.chats.map(({ id }) => id)).toEqual([ack.id])
})

test('security 36: sends over the rate are put off by the client, and all land in order', async () => {
  const { live } = clientOf(ann)
  const texts = Array.from({ length: 40 }, (_, at) => `burst ${at}`)
  const acks = await Promise.all(texts.map((text) => live.send(roomId, text)))
  const seqs = acks.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((x, y) => x - y))
})

test('an edit is told as an update', async () => {
  const b = clientOf(bob)
  await b.live.join(roomId)
  const { id } = await clientOf(ann).live.send(roomId, 'tpyo')
  const hearing = heard(b, 'updated', (chat) => chat.id === id)
  const param = { roomId, chatId: id }
  const json = { message: 'typo' }
  await call(clientOf(ann).api.rooms[':roomId'].chats[':chatId'].$patch({ param, json }))
  expect(await hearing).toMatchObject({ message: 'typo', sender: { handle: ann.me.handle } })
})

test('a client that was too far behind is told every chat once, in order', async () => {
  const talker = createClient({ url: server.url, accessToken: ann.token, window: 50 })
  clients.push(talker)
  const texts = Array.from({ length: 320 }, (_, at) => `number ${at}`)
  await Promise.all(texts.map((text) => talker.live.send(roomId, text)))
  const late = clientOf(bob)
  const told: number[] = []
  late.live.on('chat', ({ seq }) => told.push(seq))
  const last = heard(late, 'chat', ({ message }) => message === 'the last')
  await late.live.join(roomId, { head: 0, lastSeq: 0 })
  await talker.live.send(roomId, 'the last')
  const { seq } = await last
  expect(seq).toBeGreaterThan(300)
  expect(told).toEqual(Array.from({ length: seq }, (_, at) => at + 1))
}, 20_000)

test('a refusal rejects with its code, over the socket and over REST', async () => {
  const a = clientOf(ann)
  const nowhere = '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60'
  await expect(a.live.send(nowhere, 'hello')).rejects.toMatchObject({ code: 'not_found' })
  await expect(a.live.join(nowhere)).rejects.toMatchObject({ code: 'not_found' })
  const asking = call(a.api.rooms[':roomId'].$get({ param: { roomId: nowhere } }))
  await expect(asking).rejects.toMatchObject({ code: 'not_found' })
})

test('it signs in by e-mail and password, and a wrong one ends it for good', async () => {
  const { email } = ann.me
  const good = createClient({ url: server.url, email, password: 'correct horse battery' })
  const bad = createClient({ url: server.url, email, password: 'wrong' })
  clients.push(good, bad)
  expect((await call(good.api.users.me.$get())).user.id).toBe(ann.me.id)
  expect((await good.live.send(roomId, 'in')).roomId).toBe(roomId)
  await expect(bad.live.send(roomId, 'in')).rejects.toMatchObject({ code: 'invalid_credentials' })
  expect(bad.live.status().state).toBe('closed')
})
