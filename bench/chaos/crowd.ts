import { now } from './now.ts'
import type { ClientLog } from '../checker.ts'
import { type Talker, type Told, openTalker } from './talker.ts'

export interface CrowdOptions {
  /** One a client. */
  tokens: readonly string[]
  /** Of each client. */
  roomIds: readonly (readonly string[])[]
  /** Where client number `at` connects, and the number of the node that this leads to. */
  placeOf: (at: number) => { url: string; node: number }
  /** Chats a second of all together, whatever comes back. */
  rate: number
  /** Chats of a client and room on the wire at once; 1 where the server may refuse some. */
  window?: number
  /** Chats of a room that a client holds. */
  keep?: number
  /** Whether they want to hear all of their rooms, so that all can be compared; they do. */
  fromStart?: boolean
  random: () => number
}

/** Clients that can be held to the log, wherever they run. */
export interface Witnesses {
  /** From here on nobody says anything new. Whether every send has its ack in time. */
  hush: (withinMs: number) => Promise<boolean>
  /** Waits until each client shows the newest seq of each room, or for too long; takes its views. */
  converge: (newest: ReadonlyMap<string, number>, withinMs: number) => Promise<Witness[]>
}

export interface Witness {
  log: ClientLog
  /** What sends were told that were refused for good. */
  refusals: string[]
  /** Previews that stand though all is quiet. */
  openPreviews: number
}

/** Clients that talk all the time, evenly. */
export interface Crowd extends Witnesses {
  readonly talkers: readonly Talker[]
  /** Nobody says anything new until `talk`. Whether every send has its ack in time. */
  pause: (withinMs: number) => Promise<boolean>
  /** All go on, each with a word in each of their rooms at once. */
  talk: () => void
  /** From when each was sent until it was told, of chats sent in that time. */
  waysMs: (kind: 'near' | 'far', fromMs: number, untilMs?: number) => number[]
  close: () => void
}

const tickMs = 5
/** A client that is cut off goes on typing for so long, in chats a room. */
const patience = 200
const filler = 'the quick brown fox jumps over the lazy dog'

export async function openCrowd(options: CrowdOptions): Promise<Crowd> {
  const { tokens, roomIds, placeOf, rate, random } = options
  const { window = 1, keep = 1_000, fromStart = true } = options
  const ways = { near: createSamples(), far: createSamples() }
  const shared = new Map<string, Told>()

  const share = (told: Told): Told => {
    const { id, roomId, seq, message } = told
    const known = shared.get(id)
    if (!known) shared.set(id, told)
    const isSame = known?.roomId === roomId && known.seq === seq && known.message === message
    return isSame ? known : told
  }
  const onTold = (message: string, node: number): void => {
    const [sentMs = Number.NaN, from] = message.split(' ', 2).map(Number)
    // Somebody else's.
    if (Number.isNaN(sentMs)) return
    ways[from === node ? 'near' : 'far'].put(sentMs, now() - sentMs)
  }

  const common = { window, keep, fromStart, share, onTold }
  const talkers = await Promise.all(
    tokens.map((token, at) =>
      openTalker({ ...common, ...placeOf(at), token, roomIds: roomIds[at] ?? [] }),
    ),
  )
  const lanes = shuffled(
    talkers.flatMap((talker) => talker.roomIds.map((roomId) => ({ talker, roomId }))),
    random,
  )

  const speak = ({ talker, roomId }: (typeof lanes)[number]): void => {
    if (talker.unacked > patience) return
    talker.send(roomId, `${now().toFixed(2)} ${talker.node} ${filler}`)
  }
  let turn = 0
  const speakNext = (): void => {
    const lane = lanes[(turn += 1) % lanes.length]
    if (lane) speak(lane)
  }
  let isTalking = true
  let startMs = now()
  let spoken = 0
  const ticker = setInterval(() => {
    if (!isTalking) return
    const due = ((now() - startMs) / 1_000) * rate
    for (; spoken < due; spoken += 1) speakNext()
  }, tickMs)
  const areAcked = (withinMs: number): Promise<boolean> =>
    until(withinMs, () => talkers.every(({ unacked }) => unacked === 0))

  return {
    talkers,
    pause(withinMs) {
      isTalking = false
      return areAcked(withinMs)
    },
    talk() {
      for (const lane of lanes) speak(lane)
      startMs = now()
      spoken = 0
      isTalking = true
    },
    hush(withinMs) {
      clearInterval(ticker)
      return areAcked(withinMs)
    },

    async converge(newest, withinMs) {
      const isThere = ({ live, roomIds: own }: Talker): boolean =>
        own.every((roomId) => live.view(roomId)?.lastSeq === newest.get(roomId))
      await until(withinMs, () => talkers.every(isThere))
      for (const { live, log, roomIds: own } of talkers) {
        for (const roomId of own) {
          log.views.set(roomId, live.view(roomId)?.chats.map(({ id }) => id) ?? [])
        }
      }
      return talkers.map(({ log, refusals, previews }) => ({
        log,
        refusals,
        openPreviews: previews.open.size,
      }))
    },

    waysMs: (kind, fromMs, untilMs = Infinity) => ways[kind].between(fromMs, untilMs),

    close() {
      clearInterval(ticker)
      for (const { close } of talkers) close()
    },
  }
}

/** Whether `test` came true in time. */
export async function until(withinMs: number, test: () => boolean): Promise<boolean> {
  for (const endMs = now() + withinMs; now() < endMs;) {
    if (test()) return true
    await Bun.sleep(20)
  }
  return test()
}

/** Pairs of a time and a figure: plain numbers, for there are millions of them. */
const createSamples = () => {
  const times: number[] = []
  const values: number[] = []
  return {
    put(timeMs: number, value: number): void {
      times.push(timeMs)
      values.push(value)
    },
    between: (fromMs: number, untilMs: number): number[] =>
      values.filter((_, at) => {
        const timeMs = times[at] ?? Number.NaN
        return timeMs >= fromMs && timeMs < untilMs
      }),
  }
}

const shuffled = <T>(items: T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
