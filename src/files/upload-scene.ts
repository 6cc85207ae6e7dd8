import type { Answer, Cast } from '../adapters/testing.ts'
import { fileSchema, type File } from '../protocol/files.ts'

export interface Upload {
  name?: string
  alt?: string
  bytes: string | Uint8Array<ArrayBuffer> | ReadableStream
  headers?: Record<string, string>
}

/** An upload as a client makes it, and what came back. */
export async function tryUpload(
  url: string,
  { token }: Cast,
  path: string,
  { bytes, headers }: Upload,
  method = 'POST',
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: bytes,
  })
  // What is no object fails the expectations that look into it.
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, body }
}

export const uploadPath = (roomId: string, { name = 'note.txt', alt }: Partial<Upload>): string =>
  `/api/rooms/${roomId}/files?${new URLSearchParams({ name, ...(alt && { alt }) }).toString()}`

/** The file of an upload that must go well. */
export async function upload(url: string, who: Cast, roomId: string, what: Upload): Promise<File> {
  const answer = await tryUpload(url, who, uploadPath(roomId, what), what)
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return fileSchema.parse(answer.body['file'])
}

/** The bytes of a file, as `who` gets them. */
export const download = (
  url: string,
  { token }: Pick<Cast, 'token'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${url}/api/files/${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    redirect: 'manual',
  })
