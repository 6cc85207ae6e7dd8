import { type Crowd, gather, type Present } from './crowd.ts'
import { dialects } from './dialects.ts'
import type { JobOf, Pace, ResultOf, Talk } from './jobs.ts'
import { startMeter } from './meter.ts'
import { Samples } from './samples.ts'

/** Before what counts: caches fill, code is compiled. */
const warmMs = 500
const drainMs = 15_000
const filler = 'the quick brown fox jumps over the lazy dog, and then it does so again, and again'
const messageMark = '"message":"t'
const digit0 = 48

/** Everyone is in their room, some talk, and each delivery of each chat is counted and timed. */
export async function talk(job: JobOf<'talk'>): Promise<ResultOf<'talk'>> {
  const talks: Talk[] = []
  const floor = createFloor(job)
  await floor.fill()
  await Bun.sleep(job.quietSeconds * 1_000)
  const { paces, untilP99Ms = Infinity } = job
  // One may be past it by the machine's other work.
  for (let at = 0, past = 0; at < paces.length && past < 2; at += 1) {
    const pace = paces[at]
    if (!pace) break
    const talked = await floor.measure(pace)
    talks.push(talked)
    past = (talked.p99Ms ?? Infinity) < untilP99Ms ? 0 : past + 1
  }
  floor.clear()
  return { talks }
}

function createFloor({ target, rooms, senders, seconds, watch }: JobOf<'talk'>) {
  const dialect = dialects[target.dialect]
  const run = `${process.pid}-${Date.now().toString(36)}`
  /** Of each room, when the chat of a seq was sent; read from the first copy that comes. */
  const sentMs = rooms.map(() => new Map<number, number>())
  const lastSeqs = rooms.map(({ tokens }) => new Float64Array(tokens.length))
  let samples = new Samples()
  let crowd: Crowd | null = null
  let sent = 0
  let acked = 0
  let delivered = 0
  let due = 0
  let reordered = 0
  let isCounting = false
  let counted = { deliveries: 0, acks: 0 }
  let refill: ((speaker: Present) => void) | null = null

  const say = ({ socket, room }: Present): void => {
    const place = rooms[room]
    if (!place) return
    sent += 1
    due += place.tokens.length
    const message = `t${performance.now().toFixed(3)} ${filler}`
    socket.say(dialect.chat(place.roomId, `${run}-${sent}`, message))
  }

  const chat = (present: Present, bytes: Uint8Array, start: number, end: number): void => {
    const nowMs = performance.now()
    let seq = 0
    for (let at = start + dialect.seqAt; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - digit0
      if (digit < 0 || digit > 9) break
      seq = seq * 10 + digit
    }
    const last = lastSeqs[present.room]
    if (last) {
      const before = last[present.member] ?? 0
      if (before !== 0 && seq !== before + 1) reordered += 1
      last[present.member] = seq
    }
    delivered += 1
    const known = sentMs[present.room]
    let atMs = known?.get(seq)
    if (atMs === undefined) {
      atMs = sentMsIn(bytes, start, end)
      known?.set(seq, atMs)
    }
    if (!isCounting) return
    counted.deliveries += 1
    samples.add(nowMs - atMs)
  }

  const settle = async (): Promise<void> => {
    const isDone = (): boolean => acked === sent && delivered === due
    for (const untilMs = performance.now() + drainMs; !isDone() && performance.now() < untilMs;) {
      await Bun.sleep(10)
    }
  }

  const drive = async (pace: Pace, speakers: Present[], endMs: number): Promise<void> => {
    if (pace.type === 'closed') {
      refill = say
      for (let at = 0; at < pace.inFlight; at += 1) {
        const speaker = speakers[at % speakers.length]
        if (speaker) say(speaker)
      }
      await Bun.sleep(endMs - performance.now())
      refill = null
      return
    }
    const startMs = performance.now()
    for (let said = 0, nowMs = startMs; nowMs < endMs; nowMs = performance.now()) {
      for (; said < ((nowMs - startMs) / 1_000) * pace.perSecond; said += 1) {
        const speaker = speakers[said % speakers.length]
        if (speaker) say(speaker)
      }
      await Bun.sleep(1)
    }
  }

  return {
    async fill(): Promise<void> {
      crowd = await gather(target, rooms, (present, kind, bytes, start, end) => {
        if (kind === 'chat') chat(present, bytes, start, end)
        else if (kind === 'ack') {
          acked += 1
          if (isCounting) counted.acks += 1
          refill?.(present)
        }
      })
    },

    async measure(pace: Pace): Promise<Talk> {
      // One of each room, then the next of each.
      const speakers = Array.from({ length: senders }, (_, member) => member).flatMap((member) =>
        (crowd?.rooms ?? []).flatMap((members) => members[member] ?? []),
      )
      const before = { sent, missing: due - delivered, reordered }
      samples = new Samples()
      counted = { deliveries: 0, acks: 0 }
      const driven = drive(pace, speakers, performance.now() + warmMs + seconds * 1_000)
      await Bun.sleep(warmMs)
      const stopMeter = startMeter(watch)
      isCounting = true
      await driven
      isCounting = false
      const { seconds: took, cores, ownCores } = stopMeter()
      await settle()
      for (const known of sentMs) known.clear()
      return {
        pace,
        chats: sent - before.sent,
        acksPerSecond: counted.acks / took,
        deliveriesPerSecond: counted.deliveries / took,
        lost: due - delivered - before.missing,
        reordered: reordered - before.reordered,
        ...samples.middleAndTail(),
        cores,
        ownCores,
      }
    },

    clear: () => crowd?.cut(),
  }
}

const sentMsIn = (bytes: Uint8Array, start: number, end: number): number => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  return Number.parseFloat(text.slice(text.indexOf(messageMark) + messageMark.length))
}
