import type { Chat } from '../../src/protocol/chats.ts'
import type { RoomFiles } from '../../src/protocol/files.ts'

/** A file that was posted in a room: by whom, when, and with which chat. */
export type PostedFile = RoomFiles['files'][number]

const filesOf = (chat: Chat): PostedFile[] =>
  chat.deletedAt !== null
    ? []
    : (chat.files ?? []).map((file) => ({
        file,
        chatId: chat.id,
        seq: chat.seq,
        userId: chat.sender.id,
        at: chat.createdAt,
      }))

/**
 * The list after news of a chat: a new one's files come first, a deleted one's go, and what changed about
 * them is taken over. A chat older than the list reaches is no part of it yet.
 */
export function withChat(
  list: readonly PostedFile[],
  chat: Chat,
  reachesStart: boolean,
): readonly PostedFile[] {
  const posted = filesOf(chat)
  const rest = list.filter(({ chatId }) => chatId !== chat.id)
  if (posted.length === 0) return rest.length === list.length ? list : rest
  const last = list.at(-1)
  if (!reachesStart && last && chat.seq < last.seq) return list
  const at = rest.findIndex(({ seq }) => seq < chat.seq)
  return rest.toSpliced(at < 0 ? rest.length : at, 0, ...posted)
}

/** The next page behind what is there; a chat that both tell of is told once. */
export function withPage(
  list: readonly PostedFile[],
  page: readonly PostedFile[],
): readonly PostedFile[] {
  const held = new Set(list.map(({ file }) => file.id))
  return [...list, ...page.filter(({ file }) => !held.has(file.id))]
}

/** Neighbours of a kind: pictures make a grid, other files a list. */
export interface Run {
  isPictures: boolean
  files: readonly PostedFile[]
}

export function runsOf(list: readonly PostedFile[]): Run[] {
  const runs: { isPictures: boolean; files: PostedFile[] }[] = []
  for (const posted of list) {
    const isPictures = posted.file.kind === 'image'
    const run = runs.at(-1)
    if (run?.isPictures === isPictures) run.files.push(posted)
    else runs.push({ isPictures, files: [posted] })
  }
  return runs
}
