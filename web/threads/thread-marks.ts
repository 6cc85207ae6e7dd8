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
export const toldMark = (held: ThreadMark | undefined, { chat, place }: MyThread): ThreadMark => ({
  ...place,
  readSeq: Math.max(place.readSeq, held?.readSeq ?? 0),
  lastSeq: Math.max(chat.thread?.lastSeq ?? 0, held?.lastSeq ?? 0),
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
  const { roomId, threadId } = chat
  if (threadId === undefined) {
    const { thread, sender, id } = chat
    if (!thread) return null
    if (held) return { ...held, lastSeq: Math.max(held.lastSeq, thread.lastSeq) }
    return sender.id === meId && thread.count > 0
      ? followed(roomId, id, thread.lastSeq - 1, thread.lastSeq)
      : null
  }
  if (!isNew) return held ?? null
  const isMine = chat.sender.id === meId
  if (held) {
    const readSeq = isMine ? Math.max(held.readSeq, chat.seq) : held.readSeq
    return { ...held, readSeq, lastSeq: Math.max(held.lastSeq, chat.seq) }
  }
  if (isMine) return followed(roomId, threadId, chat.seq, chat.seq)
  return chat.mentions.includes(meId) ? followed(roomId, threadId, chat.seq - 1, chat.seq) : null
}

const followed = (
  roomId: string,
  threadId: string,
  readSeq: number,
  lastSeq: number,
): ThreadMark => ({ roomId, threadId, follows: true, readSeq, lastSeq })
