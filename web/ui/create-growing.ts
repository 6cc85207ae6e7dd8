import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'

const firstRows = 40
const stepRows = 60

/**
 * The beginning of a list at once, the rest of it in the browser's spare time: what is out of sight
 * must not keep what is in sight waiting.
 */
export function createGrowing<T>(list: Accessor<readonly T[]>): Accessor<readonly T[]> {
  const [rows, setRows] = createSignal(firstRows)
  createEffect(() => {
    const now = rows()
    if (now < list().length) onCleanup(inSpareTime(() => setRows(now + stepRows)))
  })
  return () => (rows() < list().length ? list().slice(0, rows()) : list())
}

/** Calls `run` once; what it answers calls it off. Safari has no word for spare time. */
function inSpareTime(run: () => void): () => void {
  if ('requestIdleCallback' in globalThis) {
    const handle = requestIdleCallback(run)
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(run, 30)
  return () => clearTimeout(timer)
}
