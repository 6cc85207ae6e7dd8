import { expect, test } from 'bun:test'
import { makeTabGroup, type Subject } from './tab-group.ts'

/** A browser with tabs: one channel that reaches all but the speaker, one lock that is passed on. */
function browser() {
  const hearing = new Map<object, (event: Event) => void>()
  const line: (() => void)[] = []
  let isHeld = false
  const next = () => {
    isHeld = false
    line.shift()?.()
  }
  const locks = {
    request: async (_: string, { signal }: LockOptions, hold: () => Promise<void>) => {
      if (isHeld) {
        const turn = Promise.withResolvers<void>()
        line.push(turn.resolve)
        signal?.addEventListener('abort', () => {
          const at = line.indexOf(turn.resolve)
          if (at !== -1) line.splice(at, 1)
          turn.reject(new Error('aborted'))
        })
        await turn.promise
      }
      isHeld = true
      await hold()
      next()
    },
    // The browser's own has more ways to call it than a tab group uses.
  } as unknown as Pick<LockManager, 'request'>
  const open = (sees: (subject: Subject) => boolean = () => false) => {
    const key = {}
    const channel = {
      postMessage: (data: unknown) => {
        for (const [other, hear] of hearing)
          if (other !== key) queueMicrotask(() => hear(new MessageEvent('message', { data })))
      },
      addEventListener: (_: string, hear: (event: Event) => void) => void hearing.set(key, hear),
      close: () => void hearing.delete(key),
      // As above: what a tab group calls of a channel is all here.
    } as unknown as BroadcastChannel
    return makeTabGroup({ name: 'test', sees, channel, locks, waitMs: 5 })
  }
  return { open }
}

test('one tab speaks; when it closes, the next one does', async () => {
  const { open } = browser()
  const [first, second, third] = [open(), open(), open()]
  const speakers = () => [first, second, third].map((tab) => tab.isSpeaker())
  expect(speakers()).toEqual([true, false, false])
  second.dispose()
  first.dispose()
  await new Promise((resolve) => setTimeout(resolve))
  expect(third.isSpeaker()).toBe(true)
})

test('a tab that sees the room says so; one that sees another says nothing', async () => {
  const { open } = browser()
  const asking = open(() => true)
  open(({ roomId, threadId }) => roomId === 'kitchen' && threadId === undefined)
  expect(await asking.isSeenElsewhere({ roomId: 'kitchen' })).toBe(true)
  expect(await asking.isSeenElsewhere({ roomId: 'attic' })).toBe(false)
  expect(await asking.isSeenElsewhere({ roomId: 'kitchen', threadId: 'root' })).toBe(false)
})

test('a tab that is gone sees nothing', async () => {
  const { open } = browser()
  const asking = open()
  const other = open(() => true)
  expect(await asking.isSeenElsewhere({ roomId: 'kitchen' })).toBe(true)
  other.dispose()
  expect(await asking.isSeenElsewhere({ roomId: 'kitchen' })).toBe(false)
})
