import { afterAll, expect, test } from 'bun:test'
import { createServer, type Socket } from 'node:net'
import { createSocketWatch } from './watched-socket.ts'
import { connectDatabase } from './open.ts'
import { testDatabase } from './testing.ts'

const database = await testDatabase({ overTcp: true })
afterAll(() => database.drop())

/** In front of Postgres; frozen it takes everything and hands on nothing, and tells nobody. */
const openProxy = async () => {
  const { port: target, hostname } = new URL(database.url)
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = createSocketWatch(1e9).open({ host: [hostname], port: [Number(target)] })
    near.pipe(far)
    far.pipe(near)
    for (const end of [near, far]) {
      ends.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: Object.assign(new URL(database.url), { host: `127.0.0.1:${port}` }).href,
    freeze: () => {
      for (const end of ends) {
        end.unpipe()
        end.pause()
      }
      ends.clear()
    },
    close: () => {
      server.close()
      for (const end of ends) end.destroy()
    },
  }
}

test('a connection that carries nothing any more is given up, and the next question is answered on a new one', async () => {
  const proxy = await openProxy()
  const { sql, close } = connectDatabase(proxy.url, 1, 1_000)
  const ask = async (n: number) => (await sql`select ${n}::int as n`)[0]?.['n'] as unknown
  expect(await ask(1)).toBe(1)
  proxy.freeze()
  await expect(ask(2)).rejects.toThrow('CONNECTION_CLOSED')
  expect(await ask(3)).toBe(3)
  await close()
  proxy.close()
})

test('a connection that is asked nothing is left alone', async () => {
  const { sql, close } = connectDatabase(database.url, 1, 1_000)
  const pid = async () => (await sql`select pg_backend_pid() as pid`)[0]?.['pid'] as unknown
  const before = await pid()
  await sql`select pg_sleep(0.9)`
  // Longer than the silence that is borne, asked on another connection.
  await database.sql`select pg_sleep(2.5)`
  expect(await pid()).toBe(before)
  await close()
})
