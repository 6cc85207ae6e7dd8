/** What every rival stores and sends: as many bytes as a chat of Parley. */
export interface RivalChat {
  id: string
  roomId: string
  seq: number
  rev: number
  kind: 'text'
  sender: { id: string; handle: string; name: string; avatarColor: number }
  cid: string
  message: string
  event: null
  mentions: []
  createdAt: string
  editedAt: null
  deletedAt: null
}

/** What the load generator sends. */
export interface RivalPost {
  roomId: string
  cid: string
  message: string
}

const sender = { id: crypto.randomUUID(), handle: 'user0', name: 'Ada Abel', avatarColor: 0 }

export function chatOf({ roomId, cid, message }: RivalPost, seq: number): RivalChat {
  return {
    id: crypto.randomUUID(),
    roomId,
    seq,
    rev: seq,
    kind: 'text',
    sender,
    cid,
    message,
    event: null,
    mentions: [],
    createdAt: new Date().toISOString(),
    editedAt: null,
    deletedAt: null,
  }
}

/** Numbers a room's chats as they come. */
export function createSeqs(
  known: ReadonlyMap<string, number> = new Map(),
): (room: string) => number {
  const seqs = new Map(known)
  return (roomId) => {
    const seq = (seqs.get(roomId) ?? 0) + 1
    seqs.set(roomId, seq)
    return seq
  }
}
