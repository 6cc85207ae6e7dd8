import { expect, test } from 'bun:test'
import postgres from 'postgres'
import { createClient } from '../client.ts'
import { startOnWorkerd } from './edge-testing.ts'
import { signUp } from './testing.ts'
import { wireSuite } from './wire-suite.ts'

wireSuite('workerd', startOnWorkerd, { drains: false })

/** Longer than the object is quiet before it rests. */
const longerThanQuietMs = 7_000

test('an object does not rest under requests, neither many short ones nor one that is slow', async () => {
  const server = await startOnWorkerd()
  const ada = await signUp(server.url, 'Ada')
  const slowly = async function* () {
    yield '{"name":"Slow",'
    await Bun.sleep(longerThanQuietMs)
    yield '"kind":"private"}'
  }
  const slow = await fetch(`${server.url}/api/rooms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: slowly,
  })
  expect(slow.status).toBe(201)
  for (const endMs = performance.now() + longerThanQuietMs; performance.now() < endMs;)
    expect((await ada.request('GET', '/api/rooms')).status).toBe(200)
  expect(server.log()).not.toContain('the object rests')
  await server.stop()
}, 60_000)

test('when the database is away as the object wakes, sockets close, and their clients come back', async () => {
  const server = await startOnWorkerd()
  const ada = await signUp(server.url, 'Ada')
  const { body } = await ada.request('POST', '/api/rooms', { name: 'Tests', kind: 'private' })
  const { id: roomId } = body['room'] as { id: string }
  const client = createClient({ url: server.url, accessToken: ada.token })
  await client.live.join(roomId)
  await until(() => server.log().includes('the object rests'))
  await setOpen(server.databaseUrl, false)
  const codes: number[] = []
  client.live.on('status', (status) => {
    if (status.state === 'waiting') codes.push(status.code)
  })
  const ack = client.live.send(roomId, 'is anybody there?')
  await until(() => codes.length > 0)
  expect(codes[0]).toBe(1012)
  expect(await ada.request('GET', '/api/rooms')).toMatchObject({
    status: 503,
    body: { error: { code: 'overloaded' } },
  })
  await setOpen(server.databaseUrl, true)
  expect(await ack).toMatchObject({ seq: 2 })
  client.close()
  await server.stop()
}, 90_000)

/** Whether anybody is let into this database. */
async function setOpen(databaseUrl: string, isOpen: boolean): Promise<void> {
  const url = new URL(databaseUrl)
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const admin = postgres(url.href, { max: 1 })
  await admin.unsafe(`alter database ${name} allow_connections ${isOpen}`)
  await admin.end()
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(50)
}
