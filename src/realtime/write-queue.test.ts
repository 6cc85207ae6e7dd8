import { describe, expect, test } from 'bun:test'
import { limits } from '../protocol/limits.ts'
import { MemoryLog, id, person } from './memory-log.ts'
import type { HubEvent, PostOp } from './ports.ts'
import { createWriteQueue } from './write-queue.ts'

const room = id(100)
const ann = person(1, 'Ann')

const stage = () => {
  const log = new MemoryLog()
  log.members.set(room, new Set([ann.id]))
  log.chats.set(room, [])
  const told: string[] = []
  const events: HubEvent['type'][] = []
  let onSettle = (): void => {}
  let nowMs = 0
  const queue = createWriteQueue({
    log,
    clock: () => nowMs,
    limits: { ...limits, queueChats: 10, queueBytes: 100_000, queueAgeMs: 10_000, batchChats: 2 },
    settle(writes) {
      onSettle()
      for (const { write } of writes) told.push((write.op as PostOp).message)
    },
    report: (event) => events.push(event.type),
  })
  let posts = 0
  const post = (message: string) => {
    posts += 1
    const op: PostOp = {
      kind: 'post',
      id: id(posts),
      roomId: room,
      sender: ann,
      cid: message,
      message,
    }
    return queue.push({ op, done: () => {} })
  }
  return {
    log,
    queue,
    told,
    events,
    post,
    whenSettling: (run: () => void) => {
      onSettle = run
    },
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

/** Lets everything happen that waits for no timer. */
const turns = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the write queue', () => {
  test('WQ1: an idle queue commits at once, what arrives meanwhile is the next batch', async () => {
    const { log, queue, told, post } = stage()
    for (const message of ['a', 'b', 'c', 'd']) post(message)
    await queue.idle()
    expect(log.commits.map((ops) => ops.length)).toEqual([1, 2, 1])
    expect(told).toEqual(['a', 'b', 'c', 'd'])
  })

  test('the log has the next batch while the one before it is told', async () => {
    const { log, queue, post, whenSettling } = stage()
    const begun: number[] = []
    whenSettling(() => begun.push(log.commits.length))
    for (const message of ['a', 'b', 'c', 'd']) post(message)
    await queue.idle()
    expect(begun).toEqual([2, 3, 3])
  })

  test('what can’t be told stops neither the writer nor the next batch', async () => {
    const { queue, told, events, post, whenSettling } = stage()
    let calls = 0
    whenSettling(() => {
      calls += 1
      if (calls === 1) throw new Error('a listener broke')
    })
    for (const message of ['a', 'b', 'c']) post(message)
    await queue.idle()
    expect(told).toEqual(['b', 'c'])
    expect(events).toContain('settle_failed')
  })

  test('WQ5: a batch whose answer was lost is repeated when told to, in its place', async () => {
    const { log, queue, told, events, post, pass } = stage()
    log.failures = ['after']
    post('a')
    post('b')
    await turns()
    expect(events).toEqual(['commit_failed'])
    expect(told).toEqual([])
    pass(1_000)
    await queue.idle()
    expect(told).toEqual(['a', 'b'])
    expect(log.chats.get(room)?.map((chat) => chat.message)).toEqual(['a', 'b'])
  })
})
