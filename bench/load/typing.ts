import { gather } from './crowd.ts'
import { dialects } from './dialects.ts'
import type { JobOf, ResultOf } from './jobs.ts'
import { startMeter } from './meter.ts'
import { Samples } from './samples.ts'

/** Parley tells a room of typing at most once a second: each starts after the last was told. */
const pauseMs = 1_200
const drainMs = 2_000

/** In each room one types, each time another, and the others are timed. */
export async function type(job: JobOf<'typing'>): Promise<ResultOf<'typing'>> {
  const { target, rooms, watch, seconds, quietSeconds } = job
  const dialect = dialects[target.dialect]
  const samples = new Samples()
  const typedMs = rooms.map(() => 0)
  let typed = 0
  let due = 0

  const crowd = await gather(target, rooms, ({ room }, kind) => {
    if (kind === 'typing') samples.add(performance.now() - (typedMs[room] ?? 0))
  })
  await Bun.sleep(quietSeconds * 1_000)
  const stopMeter = startMeter(watch)
  const endMs = performance.now() + seconds * 1_000
  await Promise.all(
    crowd.rooms.map(async (members, room) => {
      // Spread over the pause, so that the rooms do not type in one tick.
      await Bun.sleep((pauseMs * room) / crowd.rooms.length)
      for (let turn = 0; performance.now() < endMs; turn += 1) {
        typedMs[room] = performance.now()
        members[turn % members.length]?.socket.say(dialect.typing(rooms[room]?.roomId ?? ''))
        typed += 1
        due += members.length - 1
        await Bun.sleep(pauseMs)
      }
    }),
  )
  const { cores, ownCores } = stopMeter()
  for (
    const untilMs = performance.now() + drainMs;
    samples.count < due && performance.now() < untilMs;
  ) {
    await Bun.sleep(10)
  }
  crowd.cut()
  return { typed, lost: due - samples.count, ...samples.middleAndTail(), cores, ownCores }
}
