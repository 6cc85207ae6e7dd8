import { afterAll, expect, test } from 'bun:test'
import { connect, createServer, type Socket } from 'node:net'
import { MemoryLog } from '../realtime/memory-log.ts'
import { HubStage } from '../realtime/testing.ts'
import { connectDatabase } from './connect.ts'
import { patient } from './patience.ts'
import { testDatabase } from './testing.ts'

const database = await testDatabase({ overTcp: true })
afterAll(() => database.drop())

const guarded = (commit: MemoryLog['commit']) => {
  const renewed: string[] = []
  const { looks } = new HubStage()
  const { log } = patient(
    { log: Object.assign(new MemoryLog(), { commit }), looks },
    { renewWriter: () => renewed.push('writer'), renewAll: () => renewed.push('all') },
    20,
  )
  return { log, renewed }
}

test('a commit on which nothing comes is of unknown result, and every connection is made anew', async () => {
  const { log, renewed } = guarded(() => new Promise(() => {}))
  await expect(log.commit([])).rejects.toThrow('said nothing')
  expect(renewed).toEqual(['all'])
})

test('a commit whose connection went has its connection made anew, one that failed otherwise has not', async () => {
  const gone = guarded(() =>
    Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })),
  )
  await expect(gone.log.commit([])).rejects.toThrow('gone')
  expect(gone.renewed).toEqual(['writer'])
  const wrong = guarded(() => Promise.reject(new Error('wrong')))
  await expect(wrong.log.commit([])).rejects.toThrow('wrong')
  expect(wrong.renewed).toEqual([])
})

/** In front of Postgres; frozen it takes everything and hands on nothing, and tells nobody. */
const openProxy = async () => {
  const { port: target, hostname } = new URL(database.url)
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target), hostname)
    near.pipe(far)
    far.pipe(near)
    for (const end of [near, far]) {
      ends.add(end)
      end.on('error', () => {})
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
    },
    close: () => {
      server.close()
      for (const end of ends) end.destroy()
    },
  }
}

test('clients made anew answer whoever holds on to them, where the old ones hang', async () => {
  const proxy = await openProxy()
  const { sql, writer, db, renewAll, close } = connectDatabase(proxy.url, 1)
  const ask = async (n: number) => [
    (await sql`select ${n}::int as n`)[0]?.['n'] as unknown,
    (await writer`select ${n}::int as n`)[0]?.['n'] as unknown,
    (await db.execute(`select ${n}::int as n`))[0]?.['n'],
  ]
  expect(await ask(1)).toEqual([1, 1, 1])
  proxy.freeze()
  const hung = sql`select 2`.then(
    () => 'answered',
    () => 'told that it is gone',
  )
  renewAll()
  expect(await ask(3)).toEqual([3, 3, 3])
  expect(await hung).toBe('told that it is gone')
  await close()
  proxy.close()
})
