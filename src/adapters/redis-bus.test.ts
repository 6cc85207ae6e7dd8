import { afterAll, expect, test } from 'bun:test'
import { openTestLog } from '../http/testing.ts'
import { BusEnd, busSuite } from '../realtime/bus-suite.ts'
import { createRedisBus, type RedisBus } from './redis-bus.ts'
import { startRedis } from './redis-testing.ts'

const { log } = await openTestLog()

busSuite('Redis', async () => {
  const redis = await startRedis()
  const buses: RedisBus[] = []
  return {
    connect: () => {
      const bus = createRedisBus({ url: redis.url, channel: 'parley:suite', log })
      buses.push(bus)
      return bus
    },
    cut: redis.kill,
    mend: redis.start,
    close: async () => {
      for (const bus of buses) bus.close()
      await redis.stop()
    },
  }
})

const redis = await startRedis()
const opened: RedisBus[] = []
const connect = (channel: string) => {
  const bus = createRedisBus({ url: redis.url, channel, log })
  opened.push(bus)
  return bus
}
afterAll(async () => {
  for (const bus of opened) bus.close()
  await redis.stop()
})

const beat = { type: 'beat', from: 'node', atMs: 1, presence: 0 } as const

test('two Parleys on one Redis do not hear each other', async () => {
  const [one, other] = [new BusEnd(connect('parley:one')), new BusEnd(connect('parley:other'))]
  await Promise.all([one.isUp(), other.isUp()])
  await one.tell({ ...beat, from: 'one' })
  await other.tell({ ...beat, from: 'other' })
  await one.until(() => one.from('one').length === 1)
  await other.until(() => other.from('other').length === 1)
  expect([one.from('other'), other.from('one')]).toEqual([[], []])
})

test('what a newer node says and this one does not know is passed over', async () => {
  const end = new BusEnd(connect('parley:mixed'))
  await end.isUp()
  const told = end.heard.length
  for (const text of ['{"type":"new","from":"newer"}', '{"type":"beat"}', 'not json']) {
    const { exitCode } = Bun.spawnSync([
      'redis-cli',
      '-p',
      `${redis.port}`,
      'publish',
      'parley:mixed',
      text,
    ])
    expect(exitCode).toBe(0)
  }
  await end.tell(beat)
  await end.until(() => end.from('node').length === 1)
  expect(end.heard.slice(told)).toEqual([beat])
})
