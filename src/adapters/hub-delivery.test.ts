import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { createClient, type Client } from '../client.ts'
import type { Chat } from '../protocol/chats.ts'
import { startOnWorkerd, type EdgeServer } from './edge-testing.ts'
import type { Cast, WireSocket } from './testing.ts'
import { WireScene } from './wire-scene.ts'

// The object rests after 5 s of quiet, and 10 s later it is evicted.
setDefaultTimeout(60_000)

const scene = new WireScene()
let server: EdgeServer
let ada: Cast
let grace: Cast
let mallory: Cast
const open: { close: () => void }[] = []

beforeAll(async () => {
  server = await startOnWorkerd()
  await scene.set(server)
  ;({ ada, grace, mallory } = scene)
})
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})
afterAll(() => server.stop())

const enter = async (person: Cast, roomId: string): Promise<WireSocket> => {
  const socket = await scene.enter(person, roomId)
  open.push(socket)
  return socket
}

const liveIn = async ({ token }: Cast, roomId: string) => {
  const client = createClient({ url: server.url, accessToken: token })
  open.push(client)
  const told: Chat[] = []
  client.live.on('chat', (chat) => void told.push(chat))
  let hellos = 0
  client.live.on('hello', () => void (hellos += 1))
  await client.live.join(roomId)
  return { client, told, hellos: () => hellos }
}

const said = async (roomId: string, after: number): Promise<Chat[]> => {
  const { body } = await ada.request('GET', `/api/rooms/${roomId}/chats?after=${after}&limit=100`)
  return body['chats'] as Chat[]
}

const post = async (person: Cast, roomId: string, message: string): Promise<Chat> => {
  const { body } = await person.request('POST', `/api/rooms/${roomId}/chats`, { message })
  return body['chat'] as Chat
}

const woke = 'the object woke from its rest'
const countOf = (line: string): number => server.log().split(line).length - 1
/** Waits until all that is quiet now has been put to rest. */
const rested = (): Promise<void> =>
  server.logged('the object rests', countOf('the object rests') + 1)

/** Pings as clients send them, until the runtime has had the time to evict. */
const beatPastEviction = async (sockets: WireSocket[]): Promise<void> => {
  for (let beat = 0; beat < 12; beat += 1) {
    // What passes between two heartbeats is the time itself.
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all([...sockets.map((socket) => socket.flushed()), Bun.sleep(1_000)])
  }
}

/** Those who wait for their next try make it at once. */
const startAgain = async (people: { client: Client }[]): Promise<void> => {
  await server.start()
  for (const { client } of people) client.live.wake()
}

const each = 50
const talk = (client: Client, roomId: string, name: string) =>
  Promise.all(Array.from({ length: each }, (_, at) => client.live.send(roomId, `${name} ${at}`)))

/** Resolves with the `count`th chat that this client is told. */
const toldSoMany = (client: Client, told: Chat[], count: number): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (told.length < count) return
      stop()
      resolve()
    }
    const stop = client.live.on('chat', look)
    look()
  })

test.each([
  ['killed', () => server.kill()],
  ['deployed anew', () => server.end()],
] as const)(
  'CH1, RS1: %s while two people talk, all that was acked is there, once, in order, and told so',
  async (_, end) => {
    const roomId = await scene.makeRoom('private', grace)
    const [a, g] = [await liveIn(ada, roomId), await liveIn(grace, roomId)]
    const from = a.client.live.view(roomId)?.lastSeq ?? 0
    const sending = [talk(a.client, roomId, 'a'), talk(g.client, roomId, 'g')]
    await toldSoMany(g.client, g.told, 5)
    await end()
    await startAgain([a, g])
    const acks = (await Promise.all(sending)).flat()
    await Promise.all([a, g].map(({ client, told }) => toldSoMany(client, told, 2 * each)))

    const stored = await said(roomId, from)
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_chat, at) => from + 1 + at))
    expect(stored).toHaveLength(2 * each)
    for (const name of ['a', 'g']) {
      const theirs = stored.filter(({ message }) => message.startsWith(`${name} `))
      expect(theirs.map(({ message }) => message)).toEqual(
        Array.from({ length: each }, (_chat, at) => `${name} ${at}`),
      )
    }
    const bySeq = acks.toSorted((one, other) => one.seq - other.seq)
    expect(bySeq.map(({ id, seq }) => [id, seq])).toEqual(stored.map(({ id, seq }) => [id, seq]))
    for (const { told, hellos } of [a, g]) {
      expect(told.map(({ id }) => id)).toEqual(stored.map(({ id }) => id))
      expect(hellos()).toBeGreaterThan(1)
    }
  },
)

test('a room that slept until its object was evicted goes on by the next chat, on the same sockets', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const [a, g] = [await enter(ada, roomId), await enter(grace, roomId)]
  a.send({ type: 'chat', roomId, message: 'good night', cid: 'n1' })
  const { chat: last } = await g.next('chat')
  await rested()
  const wakings = countOf(woke)
  await beatPastEviction([a, g])
  expect(countOf(woke)).toBe(wakings)

  g.send({ type: 'chat', roomId, message: 'good morning', cid: 'n2' })
  const ack = await g.next('ack')
  const { chat } = await a.next('chat', (frame) => frame.chat.message === 'good morning')
  expect(chat).toMatchObject({ id: ack.id, seq: last.seq + 1, rev: last.rev + 1 })
  // The first life of its instance: the one before was evicted.
  expect(countOf(`${woke}","logger":"parley","properties":{"life":1}`)).toBe(1)
  await Promise.all([a.flushed(), g.flushed()])
  for (const socket of [a, g]) {
    expect(socket.of('chat').map((frame) => frame.chat.message)).toEqual([
      'good night',
      'good morning',
    ])
    expect(socket.of('hello')).toHaveLength(1)
  }
})

test('what a request stores while the object sleeps is told to the sockets that slept', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const g = await enter(grace, roomId)
  const first = await post(ada, roomId, 'frist')
  await rested()
  const second = await post(ada, roomId, 'second')
  await ada.request('PATCH', `/api/rooms/${roomId}/chats/${first.id}`, { message: 'first' })
  const { chat } = await g.next('chat', (frame) => frame.chat.id === second.id)
  expect(chat.seq).toBe(first.seq + 1)
  const changed = await g.next('chat_updated')
  expect(changed.chat).toMatchObject({ id: first.id, message: 'first', rev: chat.rev + 1 })
  const away = await scene.makeRoom('private', grace)
  await g.next('room_added', ({ room }) => room.id === away)
  await g.flushed()
  expect(g.of('chat').map((frame) => frame.chat.id)).toEqual([first.id, second.id])
})

test('security 11: a session that was revoked while the object slept loses its socket with 4006', async () => {
  const roomId = await scene.makeRoom('private', grace, mallory)
  const [g, m] = [await enter(grace, roomId), await enter(mallory, roomId)]
  await rested()
  const sql = postgres(server.databaseUrl, { max: 1 })
  await sql`update sessions set revoked_at = now() where user_id = ${mallory.me.id}`
  await sql.end()
  await post(ada, roomId, 'good morning')
  expect(await m.closed).toBe(4006)
  await g.next('chat', ({ chat }) => chat.message === 'good morning')
  expect(await mallory.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
})

test('deployed anew while it rests, it begins where the database is, and clients come back', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const [a, g] = [await liveIn(ada, roomId), await liveIn(grace, roomId)]
  const first = await a.client.live.send(roomId, 'before')
  await rested()
  const back = new Promise((resolve) => void g.client.live.on('joined', resolve))
  await server.end()
  await startAgain([a, g])
  await back
  const second = await a.client.live.send(roomId, 'after')
  expect(second.seq).toBe(first.seq + 1)
  await toldSoMany(g.client, g.told, 2)
  expect(g.told.map(({ id }) => id)).toEqual([first.id, second.id])
})
