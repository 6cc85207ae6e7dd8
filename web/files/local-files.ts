import type { File as StoredFile } from '../../src/protocol/files.ts'
import { makeShelf } from '../live/storage.ts'

/** What this tab uploaded itself, known here before any chat tells of it. */
export interface LocalFile {
  file: StoredFile
  /** The picture as it is in this tab; null after a reload. */
  picture: string | null
}

export interface LocalFiles {
  /** An upload is done and stands in the tray of `place`. Also for one that was described since. */
  keep: (file: StoredFile, place: string, picture: string | null) => void
  /** Of an earlier life of this tab: done, not sent. */
  inTray: (place: string) => StoredFile[]
  /** They go with a chat, which is not here yet. */
  sent: (fileIds: readonly string[]) => void
  get: (fileId: string) => LocalFile | undefined
  /** The chat is here, or the upload is gone: nothing of it is needed. */
  forget: (fileId: string) => void
}

interface Kept {
  file: StoredFile
  /** Empty once it is sent. */
  place: string
  atMs: number
}

/** The server lets an upload that nobody posts go after a day; an hour less is sure to be there. */
const holdsMs = 23 * 3_600_000

/** Done uploads of one user in this tab, over reloads: `storage` is the tab's own. */
export function makeLocalFiles(
  userId: string,
  { storage = sessionStorage, now = Date.now, dropPicture = URL.revokeObjectURL.bind(URL) } = {},
): LocalFiles {
  const shelf = makeShelf(`parley.files.${userId}.`, storage)
  const pictures = new Map<string, string>()
  const read = (fileId: string): Kept | undefined => {
    const text = shelf.get(fileId)
    // Written by `write` below, in this tab only.
    return text === null ? undefined : (JSON.parse(text) as Kept)
  }
  const write = (kept: Kept): void => shelf.set(kept.file.id, JSON.stringify(kept))
  const forget = (fileId: string): void => {
    shelf.remove(fileId)
    const picture = pictures.get(fileId)
    if (picture === undefined) return
    pictures.delete(fileId)
    dropPicture(picture)
  }
  for (const fileId of shelf.keys()) if (now() - (read(fileId)?.atMs ?? 0) > holdsMs) forget(fileId)

  return {
    keep(file, place, picture) {
      write({ file, place, atMs: read(file.id)?.atMs ?? now() })
      if (picture !== null) pictures.set(file.id, picture)
    },
    inTray: (place) =>
      shelf
        .keys()
        .flatMap((fileId) => read(fileId) ?? [])
        .filter((kept) => kept.place === place)
        .sort((a, b) => a.atMs - b.atMs)
        .map(({ file }) => file),
    sent(fileIds) {
      for (const fileId of fileIds) {
        const kept = read(fileId)
        if (kept) write({ ...kept, place: '' })
      }
    },
    get(fileId) {
      const kept = read(fileId)
      return kept && { file: kept.file, picture: pictures.get(fileId) ?? null }
    },
    forget,
  }
}
