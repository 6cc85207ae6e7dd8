import { createEffect, createMemo, createSignal, on } from 'solid-js'
import { accessToken } from '../api.ts'
import { useLive } from '../live/index.ts'

/**
 * The address of a picture or a recording, for an element that loads it by itself. Such an element is
 * let in by a cookie that ends with the access token: after a night asleep the first try fails, so it is
 * made once more with a new one before `hasFailed`. A line that comes back is a new start, too.
 */
export function createSource(url: () => string) {
  const live = useLive()
  // A new address is a new start.
  const tries = createMemo(() => {
    url()
    return createSignal<'first' | 'second' | 'failed'>('first')
  })
  createEffect(
    on(
      () => live.line().state === 'online',
      (isUp) => {
        const [state, setState] = tries()
        if (isUp && state() === 'failed') setState('first')
      },
      { defer: true },
    ),
  )
  return {
    source: () => (tries()[0]() === 'second' ? `${url()}#again` : url()),
    hasFailed: () => tries()[0]() === 'failed',
    onError: async () => {
      const [state, setState] = tries()
      if (state() !== 'first') return setState('failed')
      await accessToken().catch(() => null)
      setState('second')
    },
  }
}
