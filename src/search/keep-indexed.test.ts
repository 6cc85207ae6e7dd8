import { expect, test } from 'bun:test'
import { keepIndexed, type KeptIndex } from './keep-indexed.ts'

/** An index of numbers: how much of each room is left to do. A clock that only timers move. */
function scene(left: Record<string, number> = {}, during: () => void = () => {}) {
  const asked: (readonly string[] | 'all')[] = []
  const errors: unknown[] = []
  let nowMs = 0
  let failure: Error | null = null
  let timers: { atMs: number; run: () => void }[] = []
  const settle = async () => {
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve()
  }
  const kept: KeptIndex = keepIndexed({
    indexer: {
      step: async (rooms) => {
        asked.push(rooms)
        // What a batch costs.
        nowMs += 10
        if (failure) throw failure
        during()
        const due = Object.keys(left).filter(
          (room) => (rooms === 'all' || rooms.includes(room)) && (left[room] ?? 0) > 0,
        )
        for (const room of due) left[room] = (left[room] ?? 0) - 1
        return { count: due.length, isFull: due.some((room) => (left[room] ?? 0) > 0) }
      },
    },
    timer: (ms, run) => {
      const timer = { atMs: nowMs + ms, run }
      timers.push(timer)
      return () => (timers = timers.filter((one) => one !== timer))
    },
    clock: () => nowMs,
    report: (error) => void errors.push(error),
  })
  return {
    kept,
    asked,
    errors,
    fail: (error: Error | null) => (failure = error),
    settle,
    /** Lets the next timer go off; answers how long it took. */
    pass: async () => {
      await settle()
      const [next] = timers.sort((a, b) => a.atMs - b.atMs)
      if (!next) throw new Error('nothing waits')
      const passedMs = next.atMs - nowMs
      nowMs = next.atMs
      timers = timers.filter((one) => one !== next)
      next.run()
      await settle()
      return passedMs
    },
  }
}
const said = (...rooms: string[]) => rooms.map((roomId) => ({ roomId }))

test('at the start it catches up with all rooms, resting as long as it worked', async () => {
  const { asked, pass, settle } = scene({ a: 2, b: 1 })
  await settle()
  expect(asked).toEqual(['all'])
  expect(await pass()).toBe(10)
  // Half a second after it began the last one, it sees that this was all.
  expect(await pass()).toBe(490)
  expect(asked).toEqual(['all', 'all', 'all'])
  expect(await pass()).toBe(5_000)
  expect(asked).toHaveLength(4)
})

test('what is said is taken in within a tenth of a second, room by room, until nothing is left', async () => {
  const { kept, asked, pass, settle } = scene({})
  await settle()
  kept.stored(said('a', 'b', 'a'))
  kept.stored(said('c'))
  expect(await pass()).toBe(100)
  expect(asked.slice(1)).toEqual([['a', 'b', 'c']])
  expect(await pass()).toBe(5_000)
})

test('whoever talks on is taken in twice a second', async () => {
  const left: Record<string, number> = {}
  const { kept, asked, pass, settle } = scene(left)
  await settle()
  const waits: number[] = []
  for (let times = 0; times < 3; times += 1) {
    left['a'] = 1
    kept.stored(said('a'))
    waits.push(await pass())
  }
  expect(waits).toEqual([100, 490, 490])
  expect(asked).toEqual(['all', ['a'], ['a'], ['a']])
})

test('what is said while it works is not forgotten', async () => {
  let steps = 0
  const { kept, asked, pass, settle } = scene({}, () => {
    steps += 1
    if (steps === 2) kept.stored(said('b'))
  })
  await settle()
  kept.stored(said('a'))
  await pass()
  expect(await pass()).toBe(100)
  expect(asked).toEqual(['all', ['a'], ['b']])
})

test('while more is said than it takes in, it leaves most of the time to what is said', async () => {
  let steps = 0
  const { kept, pass, settle } = scene({ a: 9 }, () => {
    steps += 1
    if (steps > 1) kept.stored(said('a', 'a'))
  })
  await settle()
  await pass()
  expect(await pass()).toBe(40)
})

test('a failure is told, and all is looked at again a second later', async () => {
  const { kept, asked, errors, fail, pass, settle } = scene({})
  await settle()
  const away = new Error('away')
  fail(away)
  kept.stored(said('a'))
  await pass()
  expect(errors).toEqual([away])
  fail(null)
  expect(await pass()).toBe(1_000)
  expect(asked.at(-1)).toBe('all')
})

test('rooms without end are looked at together', async () => {
  const { kept, asked, pass, settle } = scene({})
  await settle()
  kept.stored(said(...Array.from({ length: 1_001 }, (_, at) => `room ${at}`)))
  await pass()
  expect(asked.at(-1)).toBe('all')
})

test('it stops at once, whether it rests or works', async () => {
  const { kept, asked, settle } = scene({ a: 5 })
  await settle()
  await kept.stop()
  expect(asked).toHaveLength(1)
})
