import type { TextKey } from '../i18n/t.ts'
import type { OutboxEntry } from '../live/index.ts'

/** Sends take this long now and then: a word about each would only flicker. */
const storedMs = 3_000
/** One that is put off is told of sooner, but not for the instant that a rate limit asks for. */
const putOffMs = 1_000

/** Why a chat of mine is not stored yet, once that is worth a word. */
export interface Wait {
  text: TextKey
  /** When to say so. */
  fromMs: number
}

/** Null while it is not its turn: behind others of its room, or without a line. */
export function waitOf({ sentAtMs, error }: OutboxEntry): Wait | null {
  if (sentAtMs === null) return null
  if (!error) return { text: 'chats.waitStored', fromMs: sentAtMs + storedMs }
  return { text: putOffText(error.code), fromMs: sentAtMs + putOffMs }
}

function putOffText(code: NonNullable<OutboxEntry['error']>['code']): TextKey {
  if (code === 'overloaded') return 'chats.waitOverloaded'
  return code === 'rate_limited' ? 'chats.waitRate' : 'chats.waitAgain'
}
