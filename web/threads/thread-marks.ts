import type { Chat } from '../../src/protocol/chats.ts'
import type { MyThread, ThreadPlace } from '../../src/protocol/threads.ts'

/** My place in a thread, and where the thread ends. */
export interface ThreadMark extends ThreadPlace {
  lastSeq: number
}

/** By the id of the chat that the thread hangs on. */
export type ThreadMarks = Readonly<Record<string, ThreadMark | undefined>>

export const isUnreadMark = (mark: ThreadMark | undefined): boolean =>
  mark !== undefined && mark.follows && mark.lastSeq > mark.readSeq

/** What a list says of a thread. It may be older than news that came since: what only grows stays. */
export const toldMark = (held: ThreadMark | undefined, told: ThreadMark): ThreadMark => ({
  ...told,
  readSeq: Math.max(told.readSeq, held?.readSeq ?? 0),
  lastSeq: Math.max(told.lastSeq, held?.lastSeq ?? 0),
})

export const markOf = ({ chat, place }: MyThread): ThreadMark => ({
  ...place,
  lastSeq: chat.thread?.lastSeq ?? 0,
})

/** My place as set here or on another of my devices. */
export const placedMark = (held: ThreadMark | undefined, place: ThreadPlace): ThreadMark => ({
  ...place,
  readSeq: Math.max(place.readSeq, held?.readSeq ?? 0),
  // Until the thread itself is seen, what is read is all that is known of it.
  lastSeq: Math.max(held?.lastSeq ?? 0, place.readSeq),
})

/** The thread that a piece of news is about: that of a reply, or that of the chat it hangs on. */
export const threadOf = (chat: Chat): string | null =>
  chat.threadId ?? (chat.thread ? chat.id : null)

/**
 * My mark after a reply, or after a change of the chat that the thread hangs on (TH3): who replies,
 * began the thread or is named in it follows it, unless they said no. Null when this says nothing
 * of a thread that I have no place in.
 */
export function markAfter(
  held: ThreadMark | undefined,
  chat: Chat,
  isNew: boolean,
  meId: string,
): ThreadMark | null {
  const lastSeq = lastSeqOf(chat, isNew)
  const isMine = isNew && chat.threadId !== undefined && chat.sender.id === meId
  if (held && hasPlace(held)) {
    const readSeq = isMine ? Math.max(held.readSeq, chat.seq) : held.readSeq
    return { ...held, readSeq, lastSeq: Math.max(held.lastSeq, lastSeq) }
  }
  if (isNew ? isMine || chat.mentions.includes(meId) : hasBegun(chat, meId)) {
    const readSeq = isMine ? chat.seq : lastSeq - 1
    const threadId = chat.threadId ?? chat.id
    return { roomId: chat.roomId, threadId, follows: true, readSeq, lastSeq }
  }
  return held ? { ...held, lastSeq: Math.max(held.lastSeq, lastSeq) } : null
}

/** Nobody who said no has read nothing; who has no place yet is told as one who does not follow. */
const hasPlace = ({ follows, readSeq }: ThreadMark): boolean => follows || readSeq > 0

const hasBegun = (chat: Chat, meId: string): boolean =>
  chat.sender.id === meId && (chat.thread?.count ?? 0) > 0

/** Where the thread ends, as far as this chat tells. */
const lastSeqOf = ({ threadId, seq, thread }: Chat, isNew: boolean): number =>
  threadId === undefined ? (thread?.lastSeq ?? 0) : isNew ? seq : 0
