import { createSignal, type Accessor } from 'solid-js'

export type Toast = {
  id: number
  text: string
  kind: 'done' | 'failed'
  /** Such as undo. Choosing it closes the toast. */
  action?: { label: string; run: () => void }
}

export type ToastOptions = Pick<Toast, 'action'> & {
  kind?: Toast['kind']
  ttlMs?: number
  /** Called once, however it leaves; after its action, if that was chosen. */
  onGone?: () => void
}

type Timers = {
  setTimeout: (run: () => void, ms: number) => unknown
  clearTimeout: (timer: never) => void
}

export type Toasts = {
  list: Accessor<readonly Toast[]>
  show: (text: string, options?: ToastOptions) => number
  dismiss: (id: number) => void
  /** Nothing vanishes under a pointer or the focus: time begins anew when it leaves. */
  pause: () => void
  resume: () => void
}

/** Long enough to read and to reach the undo. */
const defaultTtlMs = 6_000
const atOnce = 3

/** The toasts of the app, newest last; the oldest makes room for a fourth. */
export function makeToasts(timers: Timers = globalThis): Toasts {
  const [list, setList] = createSignal<readonly Toast[]>([])
  const ttls = new Map<number, number>()
  const onGone = new Map<number, () => void>()
  const running = new Map<number, unknown>()
  let nextId = 1
  let isPaused = false

  const stop = (id: number) => {
    // What setTimeout of the same timers gave.
    timers.clearTimeout(running.get(id) as never)
    running.delete(id)
  }
  const start = (id: number) => {
    const ttlMs = ttls.get(id)
    if (isPaused || ttlMs === undefined) return
    running.set(
      id,
      timers.setTimeout(() => dismiss(id), ttlMs),
    )
  }
  const dismiss = (id: number) => {
    stop(id)
    ttls.delete(id)
    setList((all) => all.filter((toast) => toast.id !== id))
    const gone = onGone.get(id)
    onGone.delete(id)
    gone?.()
  }
  const show = (text: string, options: ToastOptions = {}) => {
    const id = nextId
    nextId += 1
    const { kind = 'done', ttlMs = defaultTtlMs, action } = options
    setList((all) => [...all, { id, text, kind, ...(action && { action }) }])
    ttls.set(id, ttlMs)
    if (options.onGone) onGone.set(id, options.onGone)
    for (const old of list().slice(0, -atOnce)) dismiss(old.id)
    start(id)
    return id
  }
  const pause = () => {
    isPaused = true
    for (const id of running.keys()) stop(id)
  }
  const resume = () => {
    if (!isPaused) return
    isPaused = false
    for (const id of ttls.keys()) start(id)
  }
  return { list, show, dismiss, pause, resume }
}
