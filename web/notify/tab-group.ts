/** What a chat that is to be told is about: whoever looks there needs no notification. */
export interface Subject {
  roomId: string
  /** Set for a reply that is shown in its thread alone. */
  threadId?: string | undefined
}

type Word = { type: 'asks'; id: string; subject: Subject } | { type: 'sees'; id: string }

/** Of all tabs of this person in this browser, one speaks. */
export interface TabGroup {
  isSpeaker: () => boolean
  /** Whether another tab has this before somebody's eyes; `false` when none answers in time. */
  isSeenElsewhere: (subject: Subject) => Promise<boolean>
  dispose: () => void
}

export interface TabGroupPorts {
  /** The same for all tabs of one person. */
  name: string
  /** Whether this tab has it before somebody's eyes. */
  sees: (subject: Subject) => boolean
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>
  /** Absent on pages that came by plain http. */
  locks: Pick<LockManager, 'request'> | undefined
  waitMs?: number
}

/** Other tabs answer within a few ms; a busy one that does not costs a notification too many. */
const answerMs = 150

/**
 * Who speaks is who holds a lock that the browser passes on when a tab closes or crashes. Who looks
 * is asked each time instead of being kept: a tab that is gone answers nothing. Without locks there
 * are no notifications either (both need https), and each tab sounds for itself.
 */
export function makeTabGroup({
  name,
  sees,
  channel,
  locks,
  waitMs = answerMs,
}: TabGroupPorts): TabGroup {
  const waiting = new Map<string, () => void>()
  const ended = new AbortController()
  let release = (): void => {}
  let isSpeaker = locks === undefined
  let asked = 0
  const tab = crypto.getRandomValues(new Uint32Array(2)).join('-')

  const say = (word: Word): void =>
    // A channel reaches its own origin alone, and takes no other.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage(word)
  const speak = (): Promise<void> => {
    isSpeaker = true
    return new Promise((resolve) => (release = resolve))
  }
  // It is refused when the page ends before it was its turn.
  locks?.request(name, { signal: ended.signal }, speak).catch(() => {})

  channel.addEventListener('message', (event) => {
    // Only our own tabs have this channel, and they run this file.
    const word = (event as MessageEvent<Word>).data
    if (word.type === 'sees') waiting.get(word.id)?.()
    else if (sees(word.subject)) say({ type: 'sees', id: word.id })
  })

  return {
    isSpeaker: () => isSpeaker,
    isSeenElsewhere: async (subject) => {
      asked += 1
      const id = `${tab}.${asked}`
      const { promise, resolve } = Promise.withResolvers<boolean>()
      waiting.set(id, () => resolve(true))
      const timer = setTimeout(() => resolve(false), waitMs)
      say({ type: 'asks', id, subject })
      const isSeen = await promise
      clearTimeout(timer)
      waiting.delete(id)
      return isSeen
    },
    dispose: () => {
      ended.abort()
      release()
      channel.close()
    },
  }
}
