import type { Socket } from 'bun'
import type { JobOf, ResultOf } from './jobs.ts'
import { startMeter } from './meter.ts'
import { Samples } from './samples.ts'

const blank = Buffer.from('\r\n\r\n')

/** GET over connections that are kept, each with one request on the way. */
export async function request(job: JobOf<'requests'>): Promise<ResultOf<'requests'>> {
  const { target, watch, paths, tokens, seconds, count = Infinity } = job
  const { hostname, port } = new URL(target.url)
  const texts = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n`)
  const bearers = tokens.map((token) => `Authorization: Bearer ${token}\r\n\r\n`)
  const samples = new Samples()
  let asked = 0
  let failed = 0

  const next = (): string | null => {
    if (asked >= count || performance.now() >= endMs) return null
    asked += 1
    return `${texts[asked % texts.length]}${bearers[asked % bearers.length]}`
  }
  const stopMeter = startMeter(watch)
  const endMs = performance.now() + seconds * 1_000
  await Promise.all(
    Array.from({ length: job.connections }, () =>
      keepAsking({ hostname, port: Number(port) }, next, (ms, isGood) => {
        if (isGood) samples.add(ms)
        else failed += 1
      }),
    ),
  )
  const { seconds: took, cores, ownCores } = stopMeter()
  return {
    requests: asked,
    failed,
    perSecond: samples.count / took,
    ...samples.middleAndTail(),
    cores,
    ownCores,
  }
}

/** Resolves when there is nothing more to ask. */
const keepAsking = async (
  address: { hostname: string; port: number },
  next: () => string | null,
  told: (ms: number, isGood: boolean) => void,
): Promise<void> => {
  const done = Promise.withResolvers<void>()
  let startMs = 0
  let part: Buffer | null = null

  const ask = (socket: Socket): void => {
    const text = next()
    if (text === null) {
      done.resolve()
      socket.terminate()
      return
    }
    startMs = performance.now()
    socket.write(text)
  }
  await Bun.connect({
    ...address,
    socket: {
      open: ask,
      data(socket, bytes) {
        const answer: Buffer = part ? Buffer.concat([part, bytes]) : bytes
        const size = sizeOf(answer)
        if (size === null || answer.length < size) {
          part = Buffer.from(answer)
          return
        }
        part = null
        told(performance.now() - startMs, answer.toString('latin1', 9, 12) === '200')
        ask(socket)
      },
      close: () => done.reject(new Error('The server closed a connection that was to be kept')),
      error: (_socket, error) => done.reject(error),
    },
  })
  return done.promise
}

/** Bytes of the whole answer; null until its head is there. */
const sizeOf = (answer: Buffer): number | null => {
  const headEnd = answer.indexOf(blank)
  if (headEnd < 0) return null
  const head = answer.toString('latin1', 0, headEnd)
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) throw new Error('An answer of unknown length')
  return headEnd + blank.length + Number(length)
}
