import { z } from 'zod'
import { now } from '../now.ts'
import { type Crowd, until } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import { onlineAgainMs, servedAgainMs } from '../recovery.ts'
import type { Stage } from '../stage.ts'

/** Chats a second at the most: the one object is one thread, and before it here is Miniflare’s own. */
const rateMax = 100
const backWithinMs = 60_000
/** workerd takes seconds to start here, and meanwhile a client’s wait for its next try grows to up to 30 s. */
const backBoundMs = 35_000
/** The object rests after 5 s of quiet, and is late when the machine is busy. */
const restsWithinMs = 30_000
/** Of an object that does nothing and holds nothing but sleeping sockets, workerd lets go after 10 s. */
const evictedAfterMs = 12_500
/** Everyone is quiet for this long and up to 2 s more: the object is about to rest, at it, or just done. */
const vergeMs = 4_500
const calmMs = 1_500
/** Of the first word of all at once: two from each, to twenty readers, through an object that is just made. */
const ackedWithinMs = 15_000

export const killWorkerd: Fault = {
  name: 'kill-workerd',
  about: 'kill -9 of workerd at random moments, 100 chats/s; A–G, all clients back with p99 ≤ 35 s',
  nodes: 1,
  runtime: 'workerd',
  run: (stage) => replace(stage, () => stage.nodes[0]?.kill()),
}

export const redeploy: Fault = {
  name: 'redeploy',
  about:
    'workerd is replaced in good order, with the same state, now and then while the object rests; every socket drops; A–G, all clients back with p99 ≤ 35 s',
  nodes: 1,
  runtime: 'workerd',
  run: (stage) => replace(stage, () => stage.nodes[0]?.terminate(), 5),
}

/** Ends workerd by `end` while all talk, each `restEach`th time while the object rests, and starts it again. */
async function replace(
  stage: Stage,
  end: () => Promise<void> | undefined,
  restEach = Infinity,
): Promise<void> {
  const { random, expect, times } = stage
  const [node] = stage.nodes
  if (!node) return
  // One on the wire: an object that starts on a busy machine may put some off as overloaded.
  const crowd = await stage.openCrowd({ rate: rateOf(stage) })
  const trials = times(20, 2, 1)
  const pids = new Set([node.pid()])
  for (let count = 1; count <= trials; count += 1) {
    await Bun.sleep(300 + random() * 1_700)
    const rests = count % restEach === 0
    if (rests) await rest(stage, crowd)
    const endedMs = now()
    await end()
    if (rests) crowd.talk()
    await node.start()
    pids.add(node.pid())
    stage.recovered(await onlineAgainMs(crowd.talkers, endedMs, now(), backWithinMs))
    stage.trial()
  }
  const begins = beginsOf(stage)
  await stage.judge(crowd)
  expect.exactly('processes of workerd', pids.size, trials + 1)
  expect.exactly('begins of the object', begins.length, trials + 1)
  expect.p99AtMost('clients back from when it is up', stage.outcome().recoveriesMs, backBoundMs)
}

export const restObject: Fault = {
  name: 'rest-object',
  about:
    'everyone is quiet until the object rests and workerd let go of it, then all talk at once; then quiet for about as long as it takes to rest; A–G, no socket drops, first acks p99 ≤ 15 s',
  nodes: 1,
  runtime: 'workerd',
  async run(stage) {
    const { expect, times, random } = stage
    const pid = stage.nodes[0]?.pid()
    const crowd = await stage.openCrowd({ rate: rateOf(stage) })
    await Bun.sleep(calmMs)
    const trials = times(20, 1, 1)
    for (let count = 0; count < trials; count += 1) {
      await rest(stage, crowd)
      await Bun.sleep(evictedAfterMs)
      await goOn(stage, crowd)
      await crowd.pause(backWithinMs)
      await Bun.sleep(vergeMs + random() * 2_000)
      await goOn(stage, crowd)
      stage.trial()
    }
    const begins = beginsOf(stage)
    await stage.judge(crowd)
    const afterRests = begins.filter(({ isAwakening }) => isAwakening)
    const fresh = afterRests.filter(({ life }) => life === 1)
    expect.exactly('times that it was made anew after a rest', fresh.length, trials)
    expect.exactly('begins without a rest', begins.length - afterRests.length, 1)
    expect.holds('it is the same workerd', stage.nodes[0]?.pid() === pid)
    const losses = crowd.talkers.reduce((sum, { lossesMs }) => sum + lossesMs.length, 0)
    expect.atMost('sockets dropped', losses, 0)
    expect.p99AtMost('first ack of each client', stage.outcome().recoveriesMs, ackedWithinMs)
  },
}

const rateOf = ({ scale }: Stage): number => Math.min(scale.rate, rateMax)

async function goOn(stage: Stage, crowd: Crowd): Promise<void> {
  const fromMs = now()
  crowd.talk()
  stage.recovered(await servedAgainMs(crowd.talkers, fromMs, backWithinMs))
  await Bun.sleep(calmMs)
}

/** Everyone is quiet until the object rests. */
async function rest(stage: Stage, crowd: Crowd): Promise<void> {
  const rested = restsOf(stage)
  const isAcked = await crowd.pause(backWithinMs)
  const rests = (): boolean => restsOf(stage) > rested
  if (!isAcked || !(await until(restsWithinMs, rests))) throw new Error('The object does not rest')
}

/** A line of the log of an object that begins; `life` counts those of one instance in memory. */
const beginSchema = z.object({
  message: z.enum(['the object woke from its rest', 'the object began anew']),
  properties: z.object({ life: z.int() }),
})

interface Begin {
  isAwakening: boolean
  life: number
}

const beginsOf = (stage: Stage): Begin[] =>
  linesOf(stage, 'the object ').flatMap((line) => {
    const { data } = beginSchema.safeParse(JSON.parse(line))
    if (!data) return []
    return [{ isAwakening: data.message.includes('woke'), life: data.properties.life }]
  })

const restsOf = (stage: Stage): number => linesOf(stage, '"the object rests"').length

const linesOf = ({ nodes }: Stage, words: string): string[] =>
  (nodes[0]?.said().split('\n') ?? []).filter((line) => line.includes(words))
