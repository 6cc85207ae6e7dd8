/** A chat as the database has it. */
export interface StoredChat {
  id: string
  roomId: string
  seq: number
  senderId: string
  cid: string
  message: string
}

/** What one client did and saw. `tick` orders what all clients of a run did: earlier means smaller. */
export interface ClientLog {
  userId: string
  /** In order of sending. */
  sends: { tick: number; roomId: string; cid: string; message: string }[]
  acks: { tick: number; roomId: string; cid: string; id: string; seq: number }[]
  /** Chats told as new, in order. */
  told: { roomId: string; id: string; seq: number; message: string }[]
  /** Its view of each room when all was quiet: ids in order. */
  views: Map<string, string[]>
  /** How many chats of a room a view holds, the newest ones; all when absent. */
  keep?: number
  /** Frames that broke FO2: on one connection, the revs of a room only grow. */
  outOfTurn?: number
}

/** How often each rule of SECURITY's "faults" was broken; all zero when it holds. */
export interface Findings {
  /** A: acked and not in the log. */
  lost: number
  /** B: stored twice, or told twice to one client. */
  doubled: number
  /** C: a client's view, when quiet, differs from the log; or what it was told jumps. */
  holes: number
  /** D, F, G: order that differs between clients, from cause and effect, or from the sender's. */
  reordered: number
  /** E: shown, and not in the log. */
  phantoms: number
}

/** Compares what all clients of a run saw with what is stored (faults A to G). */
export function check(logs: ClientLog[], stored: StoredChat[]): Findings {
  const byCid = new Map(stored.map((chat) => [`${chat.senderId} ${chat.cid}`, chat]))
  const byId = new Map(stored.map((chat) => [chat.id, chat]))
  const rooms = byRoom(stored)
  const findings: Findings = { lost: 0, doubled: 0, holes: 0, reordered: 0, phantoms: 0 }

  findings.doubled += stored.length - byCid.size
  for (const chats of rooms.values()) {
    findings.doubled += chats.length - new Set(chats.map(({ seq }) => seq)).size
    findings.holes += chats.filter((chat, at) => chat.seq !== at + 1).length
  }
  for (const log of logs) {
    for (const ack of log.acks) {
      const chat = byCid.get(`${log.userId} ${ack.cid}`)
      const isThere = chat?.id === ack.id && chat.seq === ack.seq && chat.roomId === ack.roomId
      if (!isThere) findings.lost += 1
    }
    const seen = new Set<string>()
    const last = new Map<string, number>()
    for (const { id, roomId, seq, message } of log.told) {
      const chat = byId.get(id)
      const before = last.get(roomId)
      if (chat?.seq !== seq || chat.message !== message) findings.phantoms += 1
      if (seen.has(id)) findings.doubled += 1
      else if (before !== undefined && seq <= before) findings.reordered += 1
      else if (before !== undefined && seq > before + 1) findings.holes += 1
      seen.add(id)
      last.set(roomId, seq)
    }
    for (const [roomId, ids] of log.views) {
      const expected = (rooms.get(roomId) ?? []).slice(-(log.keep ?? Infinity)).map(({ id }) => id)
      if (ids.length !== expected.length || ids.some((id, at) => id !== expected[at])) {
        findings.holes += 1
      }
    }
    findings.reordered += disorder(log, byCid) + (log.outOfTurn ?? 0)
  }
  findings.reordered += effectsBeforeCauses(logs, byCid)
  return findings
}

/** The chats of each room, in order of seq. */
export function byRoom(stored: StoredChat[]): Map<string, StoredChat[]> {
  const rooms = new Map<string, StoredChat[]>()
  for (const chat of stored.toSorted((a, b) => a.seq - b.seq)) {
    const chats = rooms.get(chat.roomId)
    if (chats) chats.push(chat)
    else rooms.set(chat.roomId, [chat])
  }
  return rooms
}

/** G: a sender's chats stand in their room in the order of sending. */
const disorder = ({ userId, sends }: ClientLog, byCid: Map<string, StoredChat>): number => {
  const last = new Map<string, number>()
  let count = 0
  for (const { cid, roomId } of sends) {
    const seq = byCid.get(`${userId} ${cid}`)?.seq
    if (seq === undefined) continue
    if (seq <= (last.get(roomId) ?? 0)) count += 1
    last.set(roomId, seq)
  }
  return count
}

/** F: what was sent after an ack stands behind what was acked. */
const effectsBeforeCauses = (logs: ClientLog[], byCid: Map<string, StoredChat>): number => {
  const events = logs.flatMap((log) => [
    ...log.sends.map((send) => ({ ...send, seq: null, userId: log.userId })),
    ...log.acks.map((ack) => ({ ...ack, userId: log.userId })),
  ])
  const acked = new Map<string, number>()
  let count = 0
  for (const { roomId, cid, userId, seq } of events.toSorted((a, b) => a.tick - b.tick)) {
    const newest = acked.get(roomId) ?? 0
    if (seq !== null) acked.set(roomId, Math.max(newest, seq))
    else if ((byCid.get(`${userId} ${cid}`)?.seq ?? Infinity) <= newest) count += 1
  }
  return count
}
