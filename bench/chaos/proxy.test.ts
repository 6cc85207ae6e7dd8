import { afterEach, expect, test } from 'bun:test'
import { once } from 'node:events'
import { type Server, type Socket, connect, createServer } from 'node:net'
import { seeded } from '../report.ts'
import { now } from './now.ts'
import { type Proxy, createProxy } from './proxy.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A server that says back what it hears, a proxy before it, and one who talks through it. */
async function talk(): Promise<{ proxy: Proxy; near: Socket; far: Socket; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => socket.write(bytes))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const target = typeof address === 'object' && address ? address.port : 0
  const proxy = await createProxy({ target: () => target, random: seeded(1) })
  const near = connect(proxy.port, '127.0.0.1')
  near.on('error', () => {})
  const accepted: unknown[] = await once(server, 'connection')
  cleanups.push(
    () => server.close(),
    () => proxy.close(),
    () => near.destroy(),
  )
  // `connection` carries the socket.
  return { proxy, near, far: accepted[0] as Socket, server }
}

/** Whether it ended with an error. (`once` would throw that error.) */
const closed = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => socket.once('close', resolve))

const echoOf = async (near: Socket, text: string): Promise<string> => {
  near.write(text)
  let got = ''
  while (got.length < text.length) got += String((await once(near, 'data'))[0])
  return got
}

test('in fair weather everything passes, and an end is passed on', async () => {
  const { near, far } = await talk()
  expect(await echoOf(near, 'hello')).toBe('hello')
  far.end()
  await once(near, 'end')
})

test('a slow link delays each way, and keeps the order', async () => {
  const { proxy, near } = await talk()
  proxy.setWeather({ delayMs: 60, jitterMs: 40, lossShare: 0.5 })
  const startMs = performance.now()
  let heard = ''
  near.on('data', (bytes) => (heard += String(bytes)))
  const text = Array.from({ length: 20 }, (_, at) => `${at};`)
  for (const part of text) {
    near.write(part)
    // So that each is a piece of its own.
    await new Promise(setImmediate)
  }
  while (heard.length < text.join('').length) await once(near, 'data')
  expect(heard).toBe(text.join(''))
  expect(performance.now() - startMs).toBeGreaterThan(40)
})

test('a reset is one for both ends', async () => {
  const { proxy, near, far } = await talk()
  await echoOf(near, 'hello')
  const ends = Promise.all([closed(near), closed(far)])
  expect(proxy.reset()).toBe(1)
  expect(await ends).toEqual([true, true])
  expect(proxy.connections()).toBe(0)
})

test('a half-open link carries nothing and tells neither end', async () => {
  const { proxy, near, far } = await talk()
  await echoOf(near, 'hello')
  const [halfOpen] = proxy.freeze()
  let heard = 0
  near.on('data', () => (heard += 1))
  near.write('anyone?')
  far.destroy()
  const goneMs = await halfOpen!.farGoneMs
  expect(goneMs).toBeLessThanOrEqual(now())
  expect(heard).toBe(0)
  expect(near.readyState).toBe('open')
  near.destroy()
  await halfOpen!.nearGoneMs
})

test('a narrow link holds the sender back, until it is wide again', async () => {
  const { proxy, near, far } = await talk()
  await echoOf(near, 'hello')
  proxy.setWeather({ bytesPerSecond: 1_000 })
  const before = near.bytesRead
  near.resume()
  const bytes = 16 * 1024 * 1024
  far.write(Buffer.alloc(bytes))
  const startMs = performance.now()
  while (near.bytesRead < before + 500) await once(near, 'data')
  expect(performance.now() - startMs).toBeGreaterThan(300)
  expect(far.writableLength).toBeGreaterThan(bytes / 4)
  proxy.setWeather({ bytesPerSecond: Infinity })
  while (near.bytesRead < before + bytes) await once(near, 'data')
})

test('a cut link refuses whoever comes, until it is mended', async () => {
  const { proxy, near } = await talk()
  await echoOf(near, 'hello')
  const lost = closed(near)
  proxy.cut()
  await lost
  const refused = connect(proxy.port, '127.0.0.1')
  refused.on('error', () => {})
  expect(await closed(refused)).toBe(true)
  proxy.mend()
  const again = connect(proxy.port, '127.0.0.1')
  cleanups.push(() => again.destroy())
  expect(await echoOf(again, 'hello')).toBe('hello')
})
