import type { AnySql } from '../chats/chat-row.ts'
import type { File, RoomFiles } from '../protocol/files.ts'
import { AppError } from '../protocol/errors.ts'
import { pageOf, readCursor } from '../rooms/cursor.ts'
import { noSuchFile, quotaExceeded } from './refusals.ts'

/** A file that someone may see. */
export interface SeenFile {
  file: File
  hash: string
  thumb: { hash: string; bytes: number } | null
  /** Null for a profile picture. */
  roomId: string | null
  isPosted: boolean
  isMine: boolean
}

interface FileRow {
  shown: File
  hash: string
  thumb_hash: string | null
  thumb_bytes: string | null
  room_id: string | null
  chat_id: string | null
  owner_id: string
}

/**
 * The file, where `userId` may see it: one that is posted in a room they can read, their own before it is
 * posted while they are in its room, and anyone's profile picture.
 * @throws AppError `not_found`
 */
export async function seeFile(sql: AnySql, userId: string, fileId: string): Promise<SeenFile> {
  const [row] = await sql<FileRow[]>`
    select files.shown, files.hash, files.thumb_hash, thumbs.bytes as thumb_bytes, files.room_id,
      files.chat_id, files.owner_id
    from files
    left join blobs thumbs on thumbs.hash = files.thumb_hash
    left join rooms on rooms.id = files.room_id
    left join members on members.room_id = rooms.id and members.user_id = ${userId}
    where files.id = ${fileId} and (
      files.room_id is null
      or (files.chat_id is not null and (rooms.kind = 'public' or members.user_id is not null))
      or (files.owner_id = ${userId} and members.user_id is not null))`
  if (!row) throw noSuchFile()
  return {
    file: row.shown,
    hash: row.hash,
    thumb:
      row.thumb_hash === null ? null : { hash: row.thumb_hash, bytes: Number(row.thumb_bytes) },
    roomId: row.room_id,
    isPosted: row.chat_id !== null,
    isMine: row.owner_id === userId,
  }
}

/** What `userId` has stored, in bytes. */
export async function usedBytes(sql: AnySql, userId: string): Promise<number> {
  const [row] = await sql<{ used: string }[]>`
    select coalesce(sum((shown ->> 'bytes')::bigint), 0) as used from files where owner_id = ${userId}`
  return Number(row?.used)
}

/** Says that these will be stored now, so that nobody removes them meanwhile: `sweep.ts` tells why that holds. */
export async function claimBlobs(
  sql: AnySql,
  drafts: { hash: string; bytes: number }[],
): Promise<void> {
  // Locked in one order everywhere, or two uploads could wait for each other.
  const sorted = drafts.toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
  await sql`
    insert into blobs (hash, bytes)
    select distinct on (hash) hash, bytes
    from unnest(${sorted.map(({ hash }) => hash)}::text[], ${sorted.map(({ bytes }) => bytes)}::bigint[])
      as claimed (hash, bytes)
    order by hash
    on conflict (hash) do update set created_at = now()`
}

export interface NewFile {
  file: File
  ownerId: string
  roomId: string | null
  hash: string
  thumbHash: string | null
}

/** `sql` is a transaction: uploads of one user are counted one after the other. @throws AppError `quota_exceeded` */
export async function insertFile(sql: AnySql, added: NewFile, quotaBytes: number): Promise<void> {
  const { file, ownerId, roomId, hash, thumbHash } = added
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files of ${ownerId}`}, 0))`
  if ((await usedBytes(sql, ownerId)) + file.bytes > quotaBytes) throw quotaExceeded(quotaBytes)
  await sql`
    insert into files (id, owner_id, room_id, hash, thumb_hash, shown)
    values (${file.id}, ${ownerId}, ${roomId}, ${hash}, ${thumbHash}, ${sql.json(file)})`
}

/** The owner's, while it is not posted. @throws AppError `not_found`, `forbidden`, `conflict` */
export async function mayChange(sql: AnySql, userId: string, fileId: string): Promise<File> {
  const { file, isMine, isPosted, roomId } = await seeFile(sql, userId, fileId)
  if (!isMine) throw new AppError('forbidden', 'This file is not yours.')
  if (isPosted || roomId === null) throw posted()
  return file
}

/** Null when it was posted meanwhile. */
export async function replaceFile(sql: AnySql, file: File): Promise<File | null> {
  const rows = await sql`
    update files set shown = ${sql.json(file)} where id = ${file.id} and chat_id is null returning id`
  return rows.length > 0 ? file : null
}

export const removeFile = async (sql: AnySql, fileId: string): Promise<boolean> =>
  (await sql`delete from files where id = ${fileId} and chat_id is null returning id`).length > 0

export const posted = (): AppError =>
  new AppError('conflict', 'This file is in use; delete its chat to take it down.')

const pageSize = 50

interface PostedRow {
  shown: File
  chat_id: string
  seq: string
  sender_id: string
  created_at: Date
  created_text: string
  id: string
}

/** What is posted in a room, the newest first. Ask `seeRoom` first. */
export async function roomFiles(sql: AnySql, roomId: string, cursor?: string): Promise<RoomFiles> {
  const after = cursor ? readCursor(cursor) : null
  const rows = await sql<PostedRow[]>`
    select files.id, files.shown, files.chat_id, chats.seq, chats.sender_id, chats.created_at,
      files.created_at::text as created_text
    from files join chats on chats.id = files.chat_id
    where files.room_id = ${roomId}
      ${after ? sql`and (files.created_at, files.id) < (${after.name}::text::timestamptz, ${after.id}::uuid)` : sql``}
    order by files.created_at desc, files.id desc
    limit ${pageSize + 1}`
  const { page, nextCursor } = pageOf(rows, pageSize, ({ created_text, id }) => ({
    name: created_text,
    id,
  }))
  return {
    files: page.map((row) => ({
      file: row.shown,
      chatId: row.chat_id,
      seq: Number(row.seq),
      userId: row.sender_id,
      at: row.created_at.toISOString(),
    })),
    nextCursor,
  }
}
