import { expect, test } from 'bun:test'
import type { ServerFrame } from '../protocol/frames.ts'
import { type Status, SignedOut, createConnection } from './connection.ts'
import { fakeNetwork, hello } from './testing.ts'

const start = (token: (fresh: boolean) => Promise<string> = async () => 't1') => {
  const net = fakeNetwork()
  const statuses: Status[] = []
  const frames: ServerFrame[] = []
  const connection = createConnection({
    url: 'ws://parley/ws',
    token,
    // The test itself wrote the text.
    parse: (text) => JSON.parse(text) as ServerFrame,
    onFrame: (frame) => frames.push(frame),
    onStatus: (status) => statuses.push(status),
    runtime: net.runtime,
    openSocket: net.openSocket,
  })
  const tell = (frame: ServerFrame) => net.socket().received(JSON.stringify(frame))
  const welcome = async () => {
    await net.pass(0)
    net.socket().opened()
    tell(hello())
  }
  return { ...net, connection, statuses, frames, tell, welcome }
}

test('it signs in by its first frame, never by the address', async () => {
  const { socket, welcome, connection } = start()
  await welcome()
  expect(socket().url).toBe('ws://parley/ws?v=1')
  expect(socket().sent).toEqual([{ type: 'auth', token: 't1' }])
  expect(connection.status()).toEqual({ state: 'online' })
})

test('a lost connection comes back with full jitter under a ceiling that doubles', async () => {
  const { socket, sockets, pass, statuses, welcome } = start()
  await welcome()
  const waits: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const before = statuses.length
    socket().closed(1006, '')
    const status = statuses[before]
    if (status?.state === 'waiting') waits.push(status.retryAtMs)
    await pass(4_000)
  }
  // The jitter is a half here: 250, 500, 1,000 ms after the loss.
  expect(waits).toEqual([250, 4_500, 9_000])
  expect(sockets).toHaveLength(4)
})

for (const code of [1002, 4001, 4002, 4004, 4006, 4007, 4011]) {
  test(`close code ${code} is final`, async () => {
    const { socket, sockets, pass, connection, welcome } = start()
    await welcome()
    socket().closed(code, 'why')
    expect(connection.status()).toMatchObject({ state: 'closed', code, reason: 'why' })
    await pass(60_000)
    expect(sockets).toHaveLength(1)
  })
}

test('4005 fetches a fresh token, and a fresh one that is refused is final', async () => {
  const asked: boolean[] = []
  const { socket, pass, connection, welcome } = start(async (fresh) => {
    asked.push(fresh)
    if (asked.length === 3) throw new SignedOut('the password was changed')
    return `t${asked.length}`
  })
  await welcome()
  socket().closed(4005, 'token expired')
  await pass(1_000)
  socket().opened()
  expect(socket().sent).toEqual([{ type: 'auth', token: 't2' }])
  socket().closed(4005, 'token expired')
  await pass(1_000)
  expect(asked).toEqual([false, true, true])
  expect(connection.status()).toMatchObject({ state: 'closed', reason: 'the password was changed' })
})

test('security 10: token_expiring renews the token on the socket that is open', async () => {
  const { socket, sockets, pass, tell, welcome } = start(async (fresh) => (fresh ? 't2' : 't1'))
  await welcome()
  tell({ type: 'token_expiring', expiresAt: '2026-01-01T00:00:00.000Z' })
  await pass(0)
  expect(socket().sent.at(-1)).toEqual({ type: 'auth', token: 't2' })
  expect(sockets).toHaveLength(1)
})

test('it pings each 25 s, and 10 s without an answer is a loss', async () => {
  const { socket, sockets, pass, tell, welcome, statuses } = start()
  await welcome()
  await pass(25_000)
  expect(socket().sent.at(-1)).toEqual({ type: 'ping' })
  tell({ type: 'pong' })
  await pass(25_000)
  expect(socket().sent.filter(({ type }) => type === 'ping')).toHaveLength(2)
  const silent = socket()
  await pass(10_000)
  expect(silent.isClosed).toBe(true)
  expect(statuses.find(({ state }) => state === 'waiting')).toMatchObject({ code: 4009 })
  await pass(1_000)
  expect(sockets).toHaveLength(2)
})

test('a socket that never says hello is given up after 10 s', async () => {
  const { sockets, pass, socket } = start()
  await pass(0)
  socket().opened()
  await pass(11_000)
  expect(sockets).toHaveLength(2)
})

test('a drain says when to come back', async () => {
  const { socket, tell, welcome, connection } = start()
  await welcome()
  tell({ type: 'drain', delayMs: 2_000 })
  socket().closed(1012, 'server restarting')
  expect(connection.status()).toMatchObject({ state: 'waiting', retryAtMs: 2_250, code: 1012 })
})

test('an overloaded server is left alone as long as it asked for', async () => {
  const { socket, tell, welcome, connection } = start()
  await welcome()
  tell({ type: 'error', code: 'overloaded', message: 'later', retryAfterMs: 5_000 })
  socket().closed(1013, 'overloaded')
  expect(connection.status()).toMatchObject({ state: 'waiting', retryAtMs: 5_250 })
})

test('a token that can not be had for now counts as a loss of the network', async () => {
  let tries = 0
  const { pass, sockets } = start(async () => {
    tries += 1
    if (tries < 3) throw new Error('connection refused')
    return 't1'
  })
  await pass(5_000)
  expect(sockets).toHaveLength(1)
})

test('wake does not wait for the backoff; close ends it all', async () => {
  const { socket, sockets, pass, connection, welcome } = start()
  await welcome()
  socket().closed(1006, '')
  connection.wake()
  await pass(0)
  expect(sockets).toHaveLength(2)
  connection.close()
  expect(socket().isClosed).toBe(true)
  expect(connection.send({ type: 'ping' })).toBe(false)
  await pass(60_000)
  expect(sockets).toHaveLength(2)
})

test('what an abandoned socket still says is not heard', async () => {
  const { socket, frames, connection, welcome, pass } = start()
  await welcome()
  const old = socket()
  old.closed(1006, '')
  connection.wake()
  await pass(0)
  old.received(JSON.stringify({ type: 'pong' }))
  expect(frames.map(({ type }) => type)).toEqual(['hello'])
})
