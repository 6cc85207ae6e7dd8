import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { request, signUp, startOnBun, WireSocket, type Cast, type WireServer } from './testing.ts'
import { startTwoNodes, type TwoNodes } from './two-nodes.ts'
import { wireSuite } from './wire-suite.ts'

// Every rule of the wire, with each connection and each request on whichever node is next.
wireSuite('two nodes', startTwoNodes)

/** A person's view of another node: the same account, asked there. */
const at = (node: WireServer, { token }: Cast) => ({
  request: (method: string, path: string, body?: unknown) =>
    request(node.url, method, path, { body, headers: { authorization: `Bearer ${token}` } }),
})

const statusOf = async (node: WireServer): Promise<unknown> =>
  (await request(node.url, 'GET', '/readyz')).body['status']

const untilStatus = async (node: WireServer, status: string): Promise<void> => {
  while ((await statusOf(node)) !== status);
}

const makeRoom = async (owner: Cast, ...others: Cast[]): Promise<string> => {
  const { body } = await owner.request('POST', '/api/rooms', {
    name: `Room ${crypto.randomUUID()}`,
    kind: 'private',
  })
  const { id } = body['room'] as { id: string }
  for (const { me } of others) {
    await owner.request('POST', `/api/rooms/${id}/members`, { userId: me.id })
  }
  return id
}

const enter = async (node: WireServer, person: Cast, roomId: string): Promise<WireSocket> => {
  const socket = await WireSocket.signedIn(node.url, person)
  socket.send({ type: 'join_room', roomId })
  await socket.next('joined')
  return socket
}

const heard = (socket: WireSocket, message: string) =>
  socket.next('chat', ({ chat }) => chat.message === message)

describe('Redis', () => {
  let stage: TwoNodes
  let ada: Cast
  let grace: Cast
  beforeAll(async () => {
    stage = await startTwoNodes({ LIMIT_SIGN_INS_PER_ACCOUNT: '5' })
    ada = await signUp(stage.nodes[0].url, 'Ada')
    grace = await signUp(stage.nodes[0].url, 'Grace')
    await Promise.all(stage.nodes.map((node) => untilStatus(node, 'ready')))
  })
  afterAll(() => stage.stop())

  test('MN3: killed, chats are acked and cross within 1.5 s, and /readyz says degraded; started empty, all is as before', async () => {
    const [one, two] = stage.nodes
    const room = await makeRoom(ada, grace)
    const [a, g] = [await enter(one, ada, room), await enter(two, grace, room)]
    a.send({ type: 'chat', roomId: room, message: 'by the bus', cid: 'c1' })
    await heard(g, 'by the bus')
    await stage.redis.kill()
    const killedMs = performance.now()
    for (const n of [1, 2, 3]) {
      a.send({ type: 'chat', roomId: room, message: `a${n}`, cid: `a${n}` })
      g.send({ type: 'chat', roomId: room, message: `g${n}`, cid: `g${n}` })
      await Promise.all([heard(g, `a${n}`), heard(a, `g${n}`)])
    }
    expect(performance.now() - killedMs).toBeLessThan(3 * 1_500)
    expect([await statusOf(one), await statusOf(two)]).toEqual(['degraded', 'degraded'])
    const { me } = grace
    await ada.request('DELETE', `/api/rooms/${room}/members/${me.id}`)
    a.send({ type: 'chat', roomId: room, message: 'behind her back', cid: 'c2' })
    expect(await g.next('left')).toMatchObject({ roomId: room, reason: 'removed' })
    await stage.redis.start()
    await Promise.all(stage.nodes.map((node) => untilStatus(node, 'ready')))
    await ada.request('POST', `/api/rooms/${room}/members`, { userId: me.id })
    await g.next('room_added', (frame) => frame.room.id === room)
    g.send({ type: 'join_room', roomId: room, after: 0 })
    await g.next('joined', ({ changes }) => changes !== undefined)
    a.send({ type: 'chat', roomId: room, message: 'as before', cid: 'c3' })
    await heard(g, 'as before')
    expect(g.of('chat').some(({ chat }) => chat.message === 'behind her back')).toBe(false)
    expect([a.of('ack'), g.of('ack')].map((acks) => acks.length)).toEqual([6, 3])
    for (const socket of [a, g]) socket.close()
  }, 20_000)

  test('MN3: stopped, it is taken for away; going on, what it held back does no harm', async () => {
    const [one, two] = stage.nodes
    const room = await makeRoom(ada, grace)
    const [a, g] = [await enter(one, ada, room), await enter(two, grace, room)]
    process.kill(stage.redis.pid(), 'SIGSTOP')
    for (const n of [1, 2, 3, 4, 5]) {
      a.send({ type: 'chat', roomId: room, message: `${n}`, cid: `s${n}` })
      await a.take('ack', n)
    }
    await heard(g, '5')
    await untilStatus(two, 'degraded')
    process.kill(stage.redis.pid(), 'SIGCONT')
    await Promise.all(stage.nodes.map((node) => untilStatus(node, 'ready')))
    a.send({ type: 'chat', roomId: room, message: '6', cid: 's6' })
    await heard(g, '6')
    const texts = g.of('chat').map(({ chat }) => chat.message)
    expect(texts).toEqual(['1', '2', '3', '4', '5', '6'])
    for (const socket of [a, g]) socket.close()
  }, 20_000)

  test('security 11: a session that ends on one node loses its sockets on the other, also without Redis', async () => {
    for (const isAway of [false, true]) {
      const [one, two] = stage.nodes
      const linus = await signUp(one.url, 'Linus')
      const socket = await WireSocket.signedIn(two.url, linus)
      if (isAway) await stage.redis.kill()
      const startedMs = performance.now()
      await request(one.url, 'POST', '/api/auth/signout', { headers: { cookie: linus.cookie } })
      expect(await socket.closed).toBe(4006)
      expect(performance.now() - startedMs).toBeLessThan(2_500)
      if (isAway) await stage.redis.start()
    }
    await Promise.all(stage.nodes.map((node) => untilStatus(node, 'ready')))
  }, 20_000)

  test('security 18: wrong passwords are counted over both nodes', async () => {
    const wrong = (node: WireServer) =>
      request(node.url, 'POST', '/api/auth/signin', {
        body: { email: ada.me.email, password: 'not this one' },
      })
    const statuses: number[] = []
    for (let n = 0; n < 12 && statuses.at(-1) !== 429; n += 1) {
      const { status } = await wrong(stage.nodes[n % 2 === 0 ? 0 : 1])
      statuses.push(status)
    }
    expect(statuses.at(-1)).toBe(429)
    // Five, and what the quarter of a second lets through in which the nodes do not know.
    expect(statuses.length).toBeLessThanOrEqual(10)
    for (const node of stage.nodes) while ((await wrong(node)).status !== 429);
  })

  test('what is asked of one node has what was stored by the other', async () => {
    const [one, two] = stage.nodes
    const room = await makeRoom(ada, grace)
    const [here, there] = [at(one, ada), at(two, grace)]
    for (let n = 0; n < 20; n += 1) {
      await here.request('POST', `/api/rooms/${room}/chats`, { message: `${n}` })
      const { body } = await there.request('GET', `/api/rooms/${room}/chats`)
      const page = body['chats'] as { message: string }[]
      expect(page.at(-1)?.message).toBe(`${n}`)
    }
  })
})

test('MN3: two Parleys on one database and no Redis still converge', async () => {
  const one = await startOnBun()
  const two = await startOnBun({ DATABASE_URL: one.databaseUrl })
  const [ada, grace] = [await signUp(one.url, 'Ada'), await signUp(one.url, 'Grace')]
  const room = await makeRoom(ada, grace)
  const [a, g] = [await enter(one, ada, room), await enter(two, grace, room)]
  for (const n of [1, 2, 3]) {
    a.send({ type: 'chat', roomId: room, message: `a${n}`, cid: `a${n}` })
    g.send({ type: 'chat', roomId: room, message: `g${n}`, cid: `g${n}` })
  }
  await Promise.all([heard(g, 'a3'), heard(a, 'g3')])
  await Promise.all([a.take('chat', 6), g.take('chat', 6)])
  const order = (socket: WireSocket) =>
    socket.of('chat').map(({ chat }) => [chat.seq, chat.message])
  expect(order(a)).toEqual(order(g))
  expect(await statusOf(two)).toBe('ready')
  for (const socket of [a, g]) socket.close()
  await Promise.all([one.stop(), two.stop()])
}, 20_000)
