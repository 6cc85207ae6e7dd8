import { closeCodes } from '../../../src/protocol/close-codes.ts'
import { clientFrameSchema, serverFrameSchema } from '../../../src/protocol/frames.ts'
import type { Fault } from '../fault.ts'
import { type RandomJson, createRandomJson } from '../random-json.ts'
import { isStillUp } from '../recovery.ts'
import type { Stage } from '../stage.ts'

/** One short of what closes a connection; then a good frame begins the count anew. */
const runLength = 4
/** Sent before the answers are waited for. */
const batch = 200
const sockets = 4
const answerWithinMs = 10_000

/** What a frame is told that no client may send. */
const formatErrors = new Set(['malformed', 'invalid', 'too_long', 'unknown_type'])

/** How it may end a connection that sent such frames. */
const fair = new Set<number>([
  closeCodes.unknownType.code,
  closeCodes.invalidFrame.code,
  closeCodes.authFailed.code,
])

interface Tally {
  sent: number
  /** That no client may send. */
  bad: number
  /** Answers that are no frame of the protocol. */
  strange: string[]
  /** Bad frames without an error of their own, and errors without a bad frame. */
  unmatched: number
  /** Ends that say something else than that the frames were bad. */
  ends: number[]
}

export const fuzzFrames: Fault = {
  name: 'fuzz-frames',
  about: 'a million random JSON frames; no crash, every answer a typed error',
  nodes: 1,
  async run(stage) {
    const { expect, nodes, times } = stage
    const [node] = nodes
    if (!node) return
    const pid = node.pid()
    const share = times(1_000_000, 40_000, 4_000) / sockets
    const tally: Tally = { sent: 0, bad: 0, strange: [], unmatched: 0, ends: [] }
    const json = createRandomJson(stage.random)
    await Promise.all(
      Array.from({ length: sockets }, (_, at) => fuzz(stage, at, share, json, tally)),
    )
    stage.trial(tally.sent)
    expect.holds('frames of no client', tally.bad > tally.sent / 2, `${tally.bad} of ${tally.sent}`)
    expect.atMost('bad frames without their error', tally.unmatched, 0)
    expect.none('answers that are no frames', tally.strange)
    expect.none('ends for another reason', tally.ends)
    expect.holds('the process is up', await isStillUp(node, pid))
  },
}

async function fuzz(
  stage: Stage,
  at: number,
  share: number,
  json: RandomJson,
  tally: Tally,
): Promise<void> {
  const token = stage.tokens[at % stage.tokens.length] ?? ''
  const roomIds = stage.roomIds[at % stage.roomIds.length] ?? []
  const planned = shapesOf(roomIds).flatMap((shape) => json.oneWrong(shape))
  // Ended otherwise than it should have been, it may be no more.
  for (let left = share; left > 0 && tally.ends.length === 0;) {
    const socket = await openFuzzed(stage.urlOf(0), token, tally)
    while (left > 0 && !socket.isOver()) {
      const random = (): string => randomFrame(json, roomIds)
      const count = Math.min(batch, left)
      left -= count
      await socket.send(Array.from({ length: count }, () => planned.pop() ?? random()))
    }
    socket.close()
  }
}

const shapesOf = (roomIds: readonly string[]): Record<string, readonly unknown[]>[] => {
  const count = [1, 0, 7, 1_000_000]
  return [
    { type: ['join_room', 'leave_room', 'typing'], roomId: roomIds, after: count },
    { type: ['chat'], roomId: roomIds, message: ['hello', ''], cid: ['a', 'b'] },
    { type: ['read'], roomId: roomIds, seq: count },
    { type: ['sync'], epoch: ['x'], rooms: [[], [{ roomId: roomIds[0], after: 1 }]] },
    { type: ['presence'], status: ['online', 'away', 'gone'] },
    { type: ['hello', 'pong', 'ack', 'Ping', 'ping '] },
  ]
}

const randomFrame = (json: RandomJson, roomIds: readonly string[]): string => {
  if (json.chance(0.2)) return json.text()
  // An `auth` ends the connection, so there are few.
  if (json.chance(0.002)) return json.objectOf({ type: ['auth'], token: ['x'] })
  return json.objectOf(json.pick(shapesOf(roomIds)))
}

const isBad = (text: string): boolean => {
  try {
    return !clientFrameSchema.safeParse(JSON.parse(text)).success
  } catch {
    return true
  }
}

/** A socket that such frames are sent on. */
async function openFuzzed(url: string, token: string, tally: Tally) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  const state = { pings: 0, pongs: 0, errors: 0, isOpen: false, isOver: false }
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'auth', token })))
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const frame = serverFrameSchema.safeParse(JSON.parse(data)).data
    if (!frame) tally.strange.push(data)
    if (frame?.type === 'hello') state.isOpen = true
    if (frame?.type === 'pong') state.pongs += 1
    if (frame?.type === 'error' && formatErrors.has(frame.code)) state.errors += 1
  })
  socket.addEventListener('close', ({ code }) => {
    if (!state.isOver && !fair.has(code)) tally.ends.push(code)
    state.isOver = true
  })
  const isOver = (): boolean => state.isOver
  await untilSoon(() => state.isOpen || isOver())

  return {
    isOver,
    async send(texts: string[]): Promise<void> {
      const before = state.errors
      const bad = texts.filter(isBad).length
      for (const [at, text] of texts.entries()) {
        socket.send(text)
        if (at % runLength === runLength - 1 || at === texts.length - 1) {
          state.pings += 1
          socket.send('{"type":"ping"}')
        }
      }
      tally.sent += texts.length
      tally.bad += bad
      await untilSoon(() => state.pongs >= state.pings || isOver())
      // On a connection that ended, the rest was not read.
      if (!isOver()) tally.unmatched += Math.abs(bad - (state.errors - before))
    },
    close(): void {
      state.isOver = true
      socket.close()
    },
  }
}

const untilSoon = async (test: () => boolean): Promise<void> => {
  const endMs = performance.now() + answerWithinMs
  while (!test()) {
    await new Promise(setImmediate)
    if (performance.now() > endMs) throw new Error('Frames got no answer')
  }
}
