import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { useLive } from '../live/index.ts'
import { fetchLines } from './fetch-lines.ts'
import type { Lines } from './first-lines.ts'
import type { Item } from './items.ts'

/** The first lines of an item once `isNear`; asked for anew when it is read further, or back. */
export function createLines(
  item: Accessor<Item>,
  isNear: Accessor<boolean>,
): { lines: Accessor<Lines | undefined>; hasFailed: Accessor<boolean>; retry: () => void } {
  const live = useLive()
  const [lines, setLines] = createSignal<Lines>()
  const [hasFailed, setFailed] = createSignal(false)
  /** An answer to an older question says nothing any more. */
  let asked = 0
  const ask = async (): Promise<void> => {
    asked += 1
    const mine = asked
    setFailed(false)
    try {
      const told = await fetchLines(item(), live.me().id)
      if (mine === asked) setLines(told)
    } catch {
      if (mine === asked) setFailed(true)
    }
  }
  createEffect(on([isNear, () => item().readSeq], ([near]) => near && void ask()))
  onCleanup(() => (asked += 1))
  return { lines, hasFailed, retry: () => void ask() }
}
