import { expect, test } from 'bun:test'
import { AppError } from '../protocol/errors.ts'
import { createTurns } from './turns.ts'

/** Work that ends when the test says so. */
const gates = () => {
  const open: (() => void)[] = []
  const work = () => new Promise<number>((resolve) => open.push(() => resolve(open.length)))
  /** Ends the nth work once it has begun. */
  const end = async (n: number): Promise<void> => {
    while (!open[n]) await Promise.resolve()
    open[n]()
  }
  return { open, work, end }
}

test('so much runs at once, and the rest follows in order', async () => {
  const inTurn = createTurns({ atOnce: 2, waiting: 10 })
  const { open, work, end } = gates()
  const order: number[] = []
  const all = [0, 1, 2, 3].map((n) => inTurn(work).then(() => order.push(n)))
  await Promise.resolve()
  expect(open).toHaveLength(2)
  await end(1)
  await all[1]
  expect(open).toHaveLength(3)
  await end(2)
  await all[2]
  await end(3)
  await end(0)
  await Promise.all(all)
  expect(order.slice(0, 2)).toEqual([1, 2])
})

test('security 19: past the queue it is refused with a time to come back', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 1 })
  const { work, end } = gates()
  const first = inTurn(work)
  const second = inTurn(work)
  const refused = await inTurn(work).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject({ code: 'overloaded', status: 503, retryAfterMs: 2_000 })
  await end(0)
  await first
  await end(1)
  await second
})

test('work that fails gives its turn away', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 1 })
  expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn(() => Promise.resolve('yes'))).toBe('yes')
})
