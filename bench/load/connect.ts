import { type ClientSocket, openSocket } from './client-socket.ts'
import { atOnce } from './crowd.ts'
import { dialects } from './dialects.ts'
import type { JobOf, ResultOf } from './jobs.ts'
import { rssOf, startMeter } from './meter.ts'
import { Samples } from './samples.ts'

interface Guest {
  socket: ClientSocket
  joined: PromiseWithResolvers<void>
}

/** People connect, so many at once, join a room where there is one, and sit there. */
export async function connectAll(job: JobOf<'connect'>): Promise<ResultOf<'connect'>> {
  const { target, watch, tokens, parallel, roomId, idleSeconds } = job
  const samples = new Samples()
  const guests: Guest[] = []
  let failed = 0

  const rssBefore = rssOf(watch)
  const stopMeter = startMeter(watch)
  await atOnce(parallel, tokens, async (token) => {
    const startMs = performance.now()
    const joined = Promise.withResolvers<void>()
    try {
      const socket = await openSocket(target, token, {
        frame: (kind) => {
          if (kind === 'joined') joined.resolve()
        },
        lost: () => {
          failed += 1
        },
      })
      guests.push({ socket, joined })
      samples.add(performance.now() - startMs)
    } catch {
      failed += 1
    }
  })
  const { seconds, cores, ownCores } = stopMeter()
  const joins = roomId === undefined ? null : await joinAll(job, guests, roomId)
  await Bun.sleep(idleSeconds * 1_000)
  const rssAfter = rssOf(watch)
  for (const { socket } of guests) socket.cut()
  return {
    connects: samples.count,
    failed,
    perSecond: samples.count / seconds,
    ...samples.middleAndTail(),
    cores,
    ownCores,
    joins,
    rssBefore,
    rssAfter,
  }
}

const joinAll = async (
  { target, watch, parallel }: JobOf<'connect'>,
  guests: Guest[],
  roomId: string,
): Promise<ResultOf<'connect'>['joins']> => {
  const frame = dialects[target.dialect].join(roomId)
  const samples = new Samples()
  const stopMeter = startMeter(watch)
  await atOnce(parallel, guests, async ({ socket, joined }) => {
    const startMs = performance.now()
    socket.say(frame)
    await joined.promise
    samples.add(performance.now() - startMs)
  })
  const { seconds, cores, ownCores } = stopMeter()
  return { perSecond: samples.count / seconds, ...samples.middleAndTail(), cores, ownCores }
}
