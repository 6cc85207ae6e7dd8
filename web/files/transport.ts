import type { File as StoredFile, FileLimits } from '../../src/protocol/files.ts'
import { accessToken, api, ApiError, call } from '../api.ts'
import { errorOf, networkError } from '../api-error.ts'
import type { UploadTransport } from './upload-queue.ts'

/** Where a file's bytes are; `download` makes the browser save them. */
export const fileUrl = (fileId: string, { download = false } = {}): string =>
  `/api/files/${fileId}${download ? '?download=1' : ''}`

/** Where the smaller picture of an image is, and the picture of a profile. */
export const thumbUrl = (fileId: string): string => `/api/files/${fileId}/thumb`

/** How long an answer about the limits is good for: the space that is left changes with each upload. */
const freshMs = 30_000
let held: { limits: Promise<FileLimits>; atMs: number } | null = null

/** What may be uploaded, as the server said of late. @throws ApiError */
export function fileLimits(): Promise<FileLimits> {
  if (held && Date.now() - held.atMs < freshMs) return held.limits
  const limits = call(api.files.limits.$get())
  const mine = { limits, atMs: Date.now() }
  held = mine
  limits.catch(() => {
    if (held === mine) held = null
  })
  return limits
}

export const uploadTransport: UploadTransport = {
  limits: fileLimits,

  async upload(upload) {
    const first = await post(upload, await accessToken())
    // The token ended on the way, or its session just got a new one.
    const answer = first.status === 401 ? await post(upload, await accessToken(true)) : first
    if (answer.status !== 201) throw await errorOf(answer)
    // What the route's schema says.
    const { file } = (await answer.json()) as { file: StoredFile }
    return file
  },

  describe: async (fileId, alt) =>
    (await call(api.files[':fileId'].$patch({ param: { fileId }, json: { alt } }))).file,

  remove: async (fileId) => {
    await call(api.files[':fileId'].$delete({ param: { fileId } }))
  },
}

type Answer = Pick<Response, 'status' | 'json'>

/** By XMLHttpRequest: fetch tells nothing of how far a body is. */
function post(
  { roomId, name, alt, body, signal, onProgress }: Parameters<UploadTransport['upload']>[0],
  token: string | null,
): Promise<Answer> {
  const query = new URLSearchParams({ name, ...(alt !== '' && { alt }) })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/rooms/${roomId}/files?${query}`)
    if (token !== null) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      const { status, responseText } = request
      const json = async (): Promise<unknown> => JSON.parse(responseText)
      resolve({ status, json })
    })
    request.addEventListener('error', () => reject(networkError(new Error('upload failed'))))
    request.addEventListener('abort', () => reject(new ApiError('network', 'stopped')))
    signal.addEventListener('abort', () => request.abort())
    if (signal.aborted) return reject(new ApiError('network', 'stopped'))
    request.send(body)
  })
}
