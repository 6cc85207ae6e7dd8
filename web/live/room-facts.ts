import type { RoomNews } from '../../src/client/room-view.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'

const mentionsMax = 100

/** My room after news of it: what is newest, and what speaks to me. `meId` is who reads. */
export function withNews(room: MyRoom, news: readonly RoomNews[], meId: string): MyRoom {
  return news.reduce((held, { chat }) => {
    const isMine = chat.sender.id === meId
    const isTalk = chat.kind === 'text'
    const isMain = isTalk && isInMainLine(chat)
    const lastMainSeq = isMain ? Math.max(held.lastMainSeq, chat.seq) : held.lastMainSeq
    // Whoever posts has read up to there; the server keeps it so too.
    const readSeq = isMine && isTalk ? Math.max(held.readSeq, chat.seq) : held.readSeq
    const isNamed = chat.mentions.includes(meId) || chat.everyone !== undefined
    const isCalled = !isMine && isNamed && chat.deletedAt === null
    const others = held.mentionSeqs.filter((seq) => seq !== chat.seq)
    return withRead(
      {
        ...held,
        lastMainSeq,
        lastSeq: Math.max(held.lastSeq, chat.seq),
        head: Math.max(held.head, chat.rev),
        lastChatAt: chat.seq > held.lastSeq && isTalk ? chat.createdAt : held.lastChatAt,
        mentionSeqs: isCalled
          ? [...others, chat.seq].sort((a, b) => a - b).slice(0, mentionsMax)
          : others,
      },
      readSeq,
    )
  }, room)
}

/** My room with what is read up to `seq`; reading never goes back. */
export function withRead(room: MyRoom, seq: number): MyRoom {
  const readSeq = Math.max(room.readSeq, seq)
  return {
    ...room,
    readSeq,
    unread: Math.max(0, room.lastMainSeq - readSeq),
    mentionSeqs: room.mentionSeqs.filter((mention) => mention > readSeq),
  }
}

/** My room as unread as it was `before`, with what came since. */
export function withUnread(room: MyRoom, before: MyRoom): MyRoom {
  const mentions = new Set([...before.mentionSeqs, ...room.mentionSeqs])
  return {
    ...room,
    readSeq: before.readSeq,
    unread: Math.max(0, room.lastMainSeq - before.readSeq),
    mentionSeqs: [...mentions].sort((a, b) => a - b),
  }
}

/**
 * What a list says of a room that is held already. The list may have been read before news that
 * came since, so what only grows takes the larger, and the mentions are those of the newer side.
 */
export function mergeTold(held: MyRoom, told: MyRoom): MyRoom {
  const isNewer = told.head >= held.head
  return withRead(
    {
      ...told,
      head: Math.max(held.head, told.head),
      lastSeq: Math.max(held.lastSeq, told.lastSeq),
      lastMainSeq: Math.max(held.lastMainSeq, told.lastMainSeq),
      lastChatAt: isNewer ? told.lastChatAt : held.lastChatAt,
      mentionSeqs: isNewer ? told.mentionSeqs : held.mentionSeqs,
    },
    Math.max(held.readSeq, told.readSeq),
  )
}
