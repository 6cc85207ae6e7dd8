import type { Chat } from '../protocol/chats.ts'
import { AppError } from '../protocol/errors.ts'
import type { LinkPreview } from '../protocol/links.ts'
import type { Clock, MarkOp } from '../realtime/ports.ts'
import { linksIn } from './links-in.ts'
import type { KeptPreview } from './store.ts'

export interface UnfurlerPorts {
  /** Looks at an address. Null when there is nothing to show. */
  look: (url: string, stop: AbortSignal) => Promise<KeptPreview | null>
  cached: (url: string) => Promise<KeptPreview | null | undefined>
  keep: (url: string, preview: KeptPreview | null) => Promise<void>
  /** What a chat says now; null when it is gone. */
  messageOf: (chatId: string) => Promise<string | null>
  mark: (op: Omit<MarkOp, 'kind'>) => Promise<Chat>
  wallClock: Clock
  /** Something went wrong on our side. Told without any address or text. */
  report: (error: unknown) => void
}

export interface Unfurler {
  /** Chats that this node stored: those that are new or edited get previews of their links. */
  onStored: (chats: Chat[]) => void
  /** When nothing waits and nothing is under way. */
  idle: () => Promise<void>
  stop: () => void
}

/** Chats under way at once. */
const atOnce = 4
/** More wait for no one: they go without previews. */
const maxWaiting = 200
/** Of one person, so that slow pages of theirs hold up nobody else for long. */
const maxWaitingOfOne = 10
/** A change of a chat said longer ago is none of its words. */
const newForMs = 5 * 60_000
const maxSeen = 5_000

/** Puts previews under chats, beside everything else: nobody waits for it, and it may give up. */
export function createUnfurler(ports: UnfurlerPorts): Unfurler {
  const waiting: Chat[] = []
  const running = new Map<Chat, Promise<void>>()
  /** What was taken up, so that a reaction to a chat does not look at it again. The oldest first. */
  const seen = new Set<string>()
  const finding = new Map<string, Promise<KeptPreview | null>>()
  const end = new AbortController()

  const isForUs = (chat: Chat): boolean => {
    if (chat.kind !== 'text' || chat.deletedAt !== null || chat.links) return false
    if (!chat.message.includes('://')) return false
    const age = ports.wallClock() - Date.parse(chat.editedAt ?? chat.createdAt)
    return age < newForMs && !seen.has(versionOf(chat))
  }

  const take = (chat: Chat): void => {
    seen.add(versionOf(chat))
    const [oldest] = seen
    if (seen.size > maxSeen && oldest !== undefined) seen.delete(oldest)
    const ofOne = waiting.filter(({ sender }) => sender.id === chat.sender.id).length
    if (waiting.length >= maxWaiting || ofOne >= maxWaitingOfOne) return
    waiting.push(chat)
  }

  const go = (): void => {
    while (running.size < atOnce && !end.signal.aborted) {
      const chat = waiting.shift()
      if (!chat) return
      const work = unfurl(chat)
        .catch((error: unknown) => {
          if (!end.signal.aborted && !(error instanceof AppError)) ports.report(error)
        })
        .finally(() => {
          running.delete(chat)
          go()
        })
      running.set(chat, work)
    }
  }

  const unfurl = async (chat: Chat): Promise<void> => {
    const urls = linksIn(chat.message)
    const found = await Promise.all(urls.map((url) => preview(url)))
    const links = found.filter((link) => link !== null)
    if (links.length === 0) return
    // It may say something else by now, and then they are not what its links lead to.
    if ((await ports.messageOf(chat.id)) !== chat.message) return
    const { id: chatId, roomId, sender: actor } = chat
    await ports.mark({ roomId, chatId, actor, mark: { type: 'links', links }, on: true })
  }

  const preview = async (url: string): Promise<LinkPreview | null> => {
    const found = await findOnce(addressOf(url))
    return found && { url, ...found }
  }

  /** The same address in several chats at once is asked once. */
  const findOnce = (address: string): Promise<KeptPreview | null> => {
    const under = finding.get(address)
    if (under) return under
    const work = find(address).finally(() => finding.delete(address))
    finding.set(address, work)
    return work
  }

  const find = async (address: string): Promise<KeptPreview | null> => {
    const kept = await ports.cached(address)
    if (kept !== undefined) return kept
    const found = await ports.look(address, end.signal)
    await ports.keep(address, found)
    return found
  }

  return {
    onStored(chats) {
      for (const chat of chats) if (isForUs(chat)) take(chat)
      go()
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values())
    },
    stop() {
      waiting.length = 0
      end.abort()
    },
  }
}

const versionOf = ({ id, editedAt }: Chat): string => `${id} ${editedAt}`

/** Written one way, without the part that no server sees. */
function addressOf(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}
