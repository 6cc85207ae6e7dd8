import type { Socket } from 'node:net'

/** What a link does to bytes on their way. */
export interface Weather {
  /** Each piece comes so much later. */
  delayMs: number
  /** Give or take so much. */
  jitterMs: number
  /**
   * Share of pieces that were lost and sent again. TCP loses no bytes: who reads sees them late, and
   * everything behind them too. That is what is done here, with the kernel's shortest timeout.
   */
  lossShare: number
  /** How much is read of the sender at most; Infinity for no bound. */
  bytesPerSecond: number
}

export const fairWeather: Weather = {
  delayMs: 0,
  jitterMs: 0,
  lossShare: 0,
  bytesPerSecond: Infinity,
}

export interface Pipe {
  setWeather: (weather: Weather) => void
  /** Nothing passes any more: what comes is read and thrown away. */
  drop: () => void
  /** Ends the receiver when everything on the way has arrived. */
  end: () => void
}

/** What Linux waits at the least before it sends a lost segment again. */
const resendMs = 200
/** What waits in a slow link before its sender is held back. */
const waitingBytes = 64 * 1024

/** One direction of a connection: pieces in order, each when it is due. */
export function createPipe(from: Socket, to: Socket, first: Weather, random: () => number): Pipe {
  let weather = first
  const waiting: { bytes: Buffer; dueMs: number }[] = []
  let size = 0
  let lastDueMs = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDropped = false
  let isEnding = false

  const isFair = (): boolean =>
    weather.delayMs + weather.jitterMs + weather.lossShare === 0 &&
    weather.bytesPerSecond === Infinity

  const dueMs = (length: number): number => {
    const { delayMs, jitterMs, lossShare, bytesPerSecond } = weather
    const nowMs = performance.now()
    const wayMs = delayMs + (random() * 2 - 1) * jitterMs
    // Sent again after the timeout, and then it has the way before it once more.
    const againMs = lossShare > 0 && random() < lossShare ? resendMs + delayMs : 0
    const passMs = bytesPerSecond === Infinity ? 0 : (length / bytesPerSecond) * 1_000
    lastDueMs = Math.max(lastDueMs, nowMs + wayMs + againMs) + passMs
    return lastDueMs
  }

  const pass = (bytes: Buffer): void => {
    if (!to.destroyed && !to.write(bytes)) from.pause()
  }

  const goOn = (): void => {
    if (isDropped || (size < waitingBytes && to.writableLength === 0)) from.resume()
  }

  const arm = (): void => {
    const next = waiting[0]
    if (next) timer ??= setTimeout(flush, Math.max(0, next.dueMs - performance.now()))
    else if (isEnding) to.end()
  }

  const flush = (): void => {
    timer = null
    const nowMs = performance.now()
    for (let next = waiting[0]; next && next.dueMs <= nowMs; next = waiting[0]) {
      waiting.shift()
      size -= next.bytes.length
      pass(next.bytes)
    }
    goOn()
    arm()
  }

  const stopTimer = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
  }

  to.on('drain', goOn)
  from.on('data', (bytes: Buffer) => {
    if (isDropped) return
    if (waiting.length === 0 && isFair()) return pass(bytes)
    // A narrow link is read in small pieces, each in its time.
    const piece = Math.max(1, Math.min(bytes.length, Math.ceil(weather.bytesPerSecond / 8)))
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece)
      waiting.push({ bytes: part, dueMs: dueMs(part.length) })
    }
    size += bytes.length
    if (size >= waitingBytes) from.pause()
    arm()
  })

  return {
    setWeather(next) {
      const wasNarrow = weather.bytesPerSecond !== Infinity
      weather = next
      if (!wasNarrow || next.bytesPerSecond !== Infinity) return
      // What waited for room in the link has it now.
      const nowMs = performance.now()
      for (const each of waiting) each.dueMs = Math.min(each.dueMs, nowMs + next.delayMs)
      lastDueMs = waiting.at(-1)?.dueMs ?? 0
      stopTimer()
      arm()
    },
    drop() {
      isDropped = true
      stopTimer()
      waiting.length = 0
      from.resume()
    },
    end() {
      isEnding = true
      arm()
    },
  }
}
