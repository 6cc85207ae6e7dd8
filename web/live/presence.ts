import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { PresenceStatus } from '../../src/protocol/users.ts'

type Change = { userId: string; status: PresenceStatus }

export interface Presence {
  of: (userId: string) => PresenceStatus
  told: (changes: readonly Change[]) => void
  /** All who are here now; whoever is not named is not. */
  reset: (all: readonly Change[]) => void
}

export function createPresence(): Presence {
  const [people, setPeople] = createStore<Record<string, PresenceStatus>>({})
  return {
    of: (userId) => people[userId] ?? 'offline',
    told: (changes) => setPeople(named(changes)),
    reset: (all) => setPeople(reconcile(named(all))),
  }
}

const named = (changes: readonly Change[]): Record<string, PresenceStatus> =>
  Object.fromEntries(changes.map(({ userId, status }) => [userId, status]))

const idleMs = 5 * 60_000

/** Whether nobody touched this page for five minutes. */
export function createIdle(): Accessor<boolean> {
  const [isIdle, setIdle] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const wake = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => setIdle(true), idleMs)
    setIdle(false)
  }
  const signs = ['pointermove', 'keydown', 'touchstart', 'focus'] as const
  createEffect(() => {
    wake()
    for (const sign of signs) addEventListener(sign, wake, { passive: true })
    onCleanup(() => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, wake)
    })
  })
  return isIdle
}
