import { limits } from '../../../src/protocol/limits.ts'
import type { CrowdOptions } from '../crowd.ts'
import { type FarCrowd, openFarCrowd } from '../far-crowd.ts'
import type { Fault } from '../fault.ts'
import { openFlood } from '../flood.ts'
import { now } from '../now.ts'
import { signalAll } from '../../../src/scripts/processes.ts'
import { acksWhileAway, servedAgainMs } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const servedWithinMs = 90_000
const calmMs = 2_000
/** A server that was just started grows by tens of megabytes under any load: that is no part of the stall. */
const warmMs = 20_000
/** What was on the way has arrived by then. */
const arrivedMs = 500
/**
 * What a process may grow by while everything waits: the queue's 8 MB of text, as a text is in memory
 * when it came in a frame, as an object with its receipt, and again on its way to the database.
 */
const growthBytes = 100 * 2 ** 20

const stallsMs = ({ times }: Pick<Stage, 'times'>): number[] => [
  times(5_000, 5_000, 2_000),
  ...(times(1, 1, 0) > 0 ? [times(30_000, 12_000, 0)] : []),
]

interface Hurt {
  freeze: () => void
  thaw: () => void
  onFrozen?: () => Promise<void>
  /** Who is stopped, when clients are; the others. */
  far?: FarCrowd
  near?: Partial<CrowdOptions>
  /** Nothing can be stored meanwhile. */
  isMute?: boolean
}

/** Stops something twice, for a little and for long, and watches who comes back and what it took. */
async function stall(stage: Stage, hurt: Hurt): Promise<void> {
  const { expect } = stage
  const crowd = await stage.openCrowd(hurt.near)
  let acksWhileFrozen = 0
  await Bun.sleep(stage.times(warmMs, calmMs, calmMs))
  const grownBytes = stage.memory.mark()
  for (const ms of stallsMs(stage)) {
    hurt.freeze()
    const frozenMs = now()
    await hurt.onFrozen?.()
    await Bun.sleep(Math.max(0, frozenMs + ms - now()))
    acksWhileFrozen += acksWhileAway(crowd, frozenMs, now())
    hurt.thaw()
    stage.recovered(await servedAgainMs(crowd.talkers, now(), servedWithinMs))
    await Bun.sleep(calmMs)
    stage.trial()
  }
  await stage.judge(crowd, ...(hurt.far ? [hurt.far] : []))
  if (hurt.isMute) expect.atMost('acks while it stood still', acksWhileFrozen, 0)
  expect.atMost('a server grew by', grownBytes() / 2 ** 20, growthBytes / 2 ** 20, ' MB')
}

export const stallServer: Fault = {
  name: 'stall-server',
  about: 'SIGSTOP of a server for 5 and 30 s; A–G, memory within the queue’s cap',
  nodes: 2,
  run: (stage) =>
    stall(stage, {
      freeze: () => stage.nodes[0]?.signal('SIGSTOP'),
      thaw: () => stage.nodes[0]?.signal('SIGCONT'),
    }),
}

export const stallRedis: Fault = {
  name: 'stall-redis',
  about: 'SIGSTOP of Redis for 5 and 30 s; the same',
  nodes: 2,
  needs: ['redis-server'],
  run: (stage) =>
    stall(stage, {
      freeze: () => signalAll([stage.redis?.pid() ?? 0], 'SIGSTOP'),
      thaw: () => signalAll([stage.redis?.pid() ?? 0], 'SIGCONT'),
    }),
}

export const stallPostgres: Fault = {
  name: 'stall-postgres',
  about:
    'SIGSTOP of Postgres for 5 and 30 s, while one floods; A–G, no ack meanwhile, overloaded when the queue is full, memory within its cap',
  nodes: 2,
  async run(stage) {
    const { expect, postgres, tokens } = stage
    const flood = await openFlood(stage.urlOf(0), tokens[0] ?? '')
    const message = 'a flood '.repeat(100)
    let floodAcks = 0
    await stall(stage, {
      isMute: true,
      freeze: postgres.freeze,
      thaw: postgres.thaw,
      onFrozen: async () => {
        await Bun.sleep(arrivedMs)
        const before = flood.acks()
        // Twice what the queue takes: by their number these are few, by their bytes too many.
        flood.send(Math.ceil((2 * limits.queueBytes) / (2 * message.length)), message)
        await Bun.sleep(arrivedMs)
        floodAcks += flood.acks() - before
      },
    })
    await flood.answered(servedWithinMs)
    expect.atMost('acks of the flood while it stood still', floodAcks, 0)
    const { overloaded = 0, ...others } = Object.fromEntries(flood.refusals())
    expect.atLeast('sends of the flood refused as overloaded', overloaded, 1)
    expect.holds('none was refused otherwise', Object.keys(others).length === 0)
    flood.close()
  },
}

export const stallClient: Fault = {
  name: 'stall-client',
  about: 'SIGSTOP of a tenth of the clients for 5 and 30 s; A–G, memory within the queue’s cap',
  nodes: 2,
  async run(stage) {
    const { tokens, roomIds, nodes, scale, random } = stage
    const count = Math.ceil(tokens.length / 10)
    const far = await openFarCrowd({
      tokens: tokens.slice(-count),
      roomIds: roomIds.slice(-count).map((ids) => [...ids]),
      urls: nodes.map((_, node) => stage.urlOf(node)),
      rate: scale.rate / 10,
      seed: Math.floor(random() * 2 ** 31),
    })
    try {
      await stall(stage, {
        far,
        near: { tokens: tokens.slice(0, -count), roomIds: roomIds.slice(0, -count) },
        freeze: () => signalAll([far.pid()], 'SIGSTOP'),
        thaw: () => signalAll([far.pid()], 'SIGCONT'),
      })
    } finally {
      await far.close()
    }
  },
}
