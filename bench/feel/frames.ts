/** What the page itself notes of its frames, for all that is measured. */
export interface FrameNotes {
  /** Milliseconds between two frames, as long as `isOn`. */
  gaps: number[]
  /** Of frames that took the main thread longer than 50 ms. */
  long: number[]
  /**
   * Frames in which a chat in sight went up. While the wheel turns up, chats come down, so whatever
   * goes up was moved by a page that came or by a size that was wrong.
   */
  jumps: number
  /** From a key to the paint that shows it. */
  keys: number[]
  isOn: boolean
  /** Where rows are is asked in each frame, which costs some of it. */
  followsRows: boolean
  /** Once the next frame is painted. */
  painted: () => Promise<void>
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page can be declared in no other way
  var notes: FrameNotes
}

/** Runs in the page before its own scripts, and is sent there as text: it knows nothing from outside. */
export function watchFrames(): void {
  const afterPaint = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', then)
      port1.start()
      port2.postMessage(null)
    })
  }
  const notes: FrameNotes = {
    gaps: [],
    long: [],
    jumps: 0,
    keys: [],
    isOn: false,
    followsRows: false,
    painted: () => new Promise((resolve) => afterPaint(resolve)),
  }
  globalThis.notes = notes
  const observe = (type: string, note: (entry: PerformanceEntry) => void): void => {
    const observer = new PerformanceObserver((list) => {
      if (notes.isOn) list.getEntries().forEach(note)
    })
    observer.observe({ type, buffered: false })
  }
  observe('long-animation-frame', (entry) => notes.long.push(entry.duration))
  let last = 0
  let row: Element | null = null
  let top = 0
  /** Where a chat in the middle of the page is, and where it was a frame ago. */
  const followRow = (): void => {
    const now = row?.isConnected === true ? row.getBoundingClientRect().top : null
    if (now !== null && now < top - 2) notes.jumps += 1
    if (now === null || now > innerHeight * 0.75 || now < 100) {
      row =
        document.elementFromPoint(innerWidth / 2, innerHeight / 3)?.closest('[data-key]') ?? null
    }
    top = row?.getBoundingClientRect().top ?? 0
  }
  const frame = (at: number): void => {
    if (notes.isOn && last > 0) notes.gaps.push(at - last)
    last = at
    if (notes.isOn && notes.followsRows) followRow()
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      if (notes.isOn) afterPaint(() => notes.keys.push(performance.now() - timeStamp))
    },
    { capture: true },
  )
}
