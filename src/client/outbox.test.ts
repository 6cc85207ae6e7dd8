import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { type Outbox, createOutbox } from './outbox.ts'

const add = (outbox: Outbox, roomId: string, ...cids: string[]): void => {
  for (const cid of cids) outbox.add({ cid, roomId, message: `text of ${cid}` }, 0)
}
const take = (outbox: Outbox, nowMs = 0): string[] => outbox.take(nowMs).map((entry) => entry.cid)
const busy = { code: 'rate_limited', message: 'too fast', retryAfterMs: 300 } as const

test('one chat of a room is on the wire at a time, rooms do not wait for each other', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1', 'a2')
  add(outbox, 'b', 'b1')
  expect(take(outbox)).toEqual(['a1', 'b1'])
  expect(take(outbox)).toEqual([])
  expect(outbox.ack('a1', 0)?.state).toBe('acked')
  expect(take(outbox)).toEqual(['a2'])
})

test('a wider window keeps the order of sends', () => {
  const outbox = createOutbox({ window: 2 })
  add(outbox, 'a', 'a1', 'a2', 'a3')
  expect(take(outbox)).toEqual(['a1', 'a2'])
  outbox.ack('a1', 0)
  expect(take(outbox)).toEqual(['a3'])
})

test('after a lost connection everything unacknowledged goes again, in order', () => {
  const outbox = createOutbox({ window: 3 })
  add(outbox, 'a', 'a1', 'a2', 'a3')
  take(outbox)
  outbox.ack('a1', 0)
  outbox.lost()
  expect(take(outbox)).toEqual(['a2', 'a3'])
})

test('a cid that waits already is not queued twice', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1', 'a1', 'a2')
  expect(outbox.entries().map(({ cid }) => cid)).toEqual(['a1', 'a2'])
})

test('a second ack of the same chat answers null', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1')
  take(outbox)
  expect(outbox.ack('a1', 0)).not.toBeNull()
  expect(outbox.ack('a1', 0)).toBeNull()
  expect(outbox.ack('unknown', 0)).toBeNull()
})

test('how long a chat has been on the wire counts from its first try on this connection', () => {
  const outbox = createOutbox()
  const sentAtMs = (): (number | null)[] => outbox.entries().map((entry) => entry.sentAtMs)
  add(outbox, 'a', 'a1', 'a2')
  take(outbox, 1_000)
  expect(sentAtMs()).toEqual([1_000, null])
  outbox.refuse('a1', busy, 1_000)
  take(outbox, 1_300)
  expect(sentAtMs()).toEqual([1_000, null])
  outbox.lost()
  expect(sentAtMs()).toEqual([null, null])
  take(outbox, 9_000)
  expect(sentAtMs()).toEqual([9_000, null])
  const next = createOutbox({ entries: outbox.entries() })
  expect(next.entries().map((entry) => entry.sentAtMs)).toEqual([null, null])
})

test('a chat put off holds back the ones behind it until its time', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1', 'a2')
  take(outbox)
  expect(outbox.refuse('a1', busy, 1_000)).toMatchObject({ state: 'waiting', error: busy })
  expect(outbox.wakeAtMs()).toBe(1_300)
  expect(take(outbox, 1_299)).toEqual([])
  expect(take(outbox, 1_300)).toEqual(['a1'])
  expect(outbox.wakeAtMs()).toBeNull()
})

test('a refused chat fails and lets the next one go; a retry puts it behind', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1', 'a2')
  take(outbox)
  const refusal = { code: 'not_member', message: 'join first' } as const
  expect(outbox.refuse('a1', refusal, 0)).toMatchObject({ state: 'failed', error: refusal })
  expect(outbox.entries().map(({ cid, state }) => `${cid} ${state}`)).toEqual([
    'a1 failed',
    'a2 waiting',
  ])
  outbox.retry('a1')
  expect(take(outbox)).toEqual(['a2'])
  outbox.ack('a2', 0)
  expect(take(outbox)).toEqual(['a1'])
})

test('an internal error is an unknown result: tried again, but not for ever', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1')
  const internal = { code: 'internal', message: 'something broke' } as const
  const states = [1, 2, 3, 4, 5].map((second) => {
    take(outbox, second * 5_000)
    return outbox.refuse('a1', internal, second * 5_000)?.state
  })
  expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'failed'])
})

test('a new epoch sends again what was acked in the last ten minutes, before the rest', () => {
  const outbox = createOutbox()
  add(outbox, 'a', 'a1', 'a2', 'a3', 'a4')
  for (const [cid, atMs] of [
    ['a1', 0],
    ['a2', 500_000],
    ['a3', 550_000],
  ] as const) {
    take(outbox, atMs)
    outbox.ack(cid, atMs)
  }
  outbox.epochChanged(650_000)
  const order: string[] = []
  for (let next = take(outbox, 650_000); next.length > 0; next = take(outbox, 650_000)) {
    order.push(...next)
    for (const cid of next) outbox.ack(cid, 650_000)
  }
  expect(order).toEqual(['a2', 'a3', 'a4'])
})

test('what was left behind by an earlier life goes on: sent waits again, failed stays failed', () => {
  const before = createOutbox()
  add(before, 'a', 'a1', 'a2', 'a3')
  take(before)
  before.refuse('a1', { code: 'not_found', message: 'no such room' }, 0)
  take(before)
  const after = createOutbox({ entries: structuredClone(before.entries()) })
  expect(take(after)).toEqual(['a2'])
  expect(after.discard('a1')).toBe(true)
  expect(after.discard('a2')).toBe(false)
  expect(after.discard('a3')).toBe(true)
  expect(after.entries().map(({ cid }) => cid)).toEqual(['a2'])
})

test('security faults F and G: whatever is lost or put off, each room stores sends in order, once', () => {
  const step = fc.constantFrom('deliver', 'deliver', 'lose', 'cut', 'busy', 'add')
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const outbox = createOutbox()
      const stored: string[] = []
      const wire: string[] = []
      let made = 0
      let nowMs = 0
      const store = (cid: string): void => {
        if (!stored.includes(cid)) stored.push(cid)
      }
      for (const what of [...steps, 'cut', ...Array.from({ length: 80 }, () => 'deliver')]) {
        nowMs += 400
        if (what === 'add') add(outbox, 'a', `${(made += 1)}`)
        if (what === 'cut') {
          // The result of what was on the wire is unknown: half of it had arrived.
          for (const cid of wire.splice(0).filter((_, at) => at % 2 === 0)) store(cid)
          outbox.lost()
        }
        const cid = wire.shift()
        if (cid && what === 'busy') outbox.refuse(cid, busy, nowMs)
        else if (cid && what === 'lose') outbox.lost()
        else if (cid) {
          store(cid)
          outbox.ack(cid, nowMs)
        }
        wire.push(...take(outbox, nowMs))
      }
      expect(stored).toEqual(Array.from({ length: made }, (_, at) => `${at + 1}`))
      expect(outbox.entries()).toEqual([])
    }),
  )
})
