import type { File as StoredFile, FileLimits } from '../../src/protocol/files.ts'
import { limits as wireLimits } from '../../src/protocol/limits.ts'
import { ApiError, asApiError } from '../api-error.ts'

/** The way to the server. Every promise rejects with an ApiError, or as its signal says. */
export interface UploadTransport {
  limits: () => Promise<FileLimits>
  upload: (upload: {
    roomId: string
    name: string
    alt: string
    body: Blob
    signal: AbortSignal
    /** How many bytes of the body are on the server's side. */
    onProgress: (sentBytes: number) => void
  }) => Promise<StoredFile>
  /** Says what a picture shows. */
  describe: (fileId: string, alt: string) => Promise<StoredFile>
  remove: (fileId: string) => Promise<void>
}

/** `failed` with `mayRetry` false: no second try can succeed (too large, no space). */
export type UploadState =
  | { type: 'waiting' }
  | { type: 'uploading'; sentBytes: number }
  | { type: 'done'; file: StoredFile }
  | { type: 'failed'; error: ApiError; mayRetry: boolean }

/** One file of the tray. Replaced, never changed. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** The media type as the browser guesses it. */
  readonly type: string
  /** What the picture shows, for those who can't see it. */
  readonly alt: string
  /** An address in this tab of a picture that it can show, until the tab ends. */
  readonly picture: string | null
  readonly state: UploadState
}

export interface UploadQueueOptions {
  roomId: string
  transport: UploadTransport
  /** What an earlier life of this tab uploaded and did not send. */
  held: readonly StoredFile[]
  makePicture: (body: Blob) => string | null
  /** The picture of an upload that did not get done is not needed any more. */
  dropPicture: (picture: string) => void
  /** It is on the server, or its description changed; the picture is the receiver's now. */
  onDone: (file: StoredFile, picture: string | null) => void
  /** A done one was taken out again. */
  onRemoved: (file: StoredFile) => void
  onChange: (items: readonly Upload[]) => void
}

export interface UploadQueue {
  items: () => readonly Upload[]
  /** Answers how many were left out, because a chat takes no more. */
  add: (files: readonly File[]) => number
  /** Stops it where it is under way, and takes it out. */
  remove: (id: string) => void
  retry: (id: string) => void
  /** @throws ApiError when it is done already and the server refuses */
  describe: (id: string, alt: string) => Promise<void>
  /** The done ones go: they belong to a chat now. What failed stays. */
  clear: () => void
}

const atOnce = 3

/** The files of one tray, uploaded in order, three at once. */
export function makeUploadQueue(options: UploadQueueOptions): UploadQueue {
  const { transport, onChange } = options
  const bodies = new Map<string, Blob>()
  const stops = new Map<string, AbortController>()
  let made = 0
  const newId = (): string => `upload-${(made += 1)}`
  let items: readonly Upload[] = options.held.map((file) => ({
    id: newId(),
    name: file.name,
    bytes: file.bytes,
    type: file.type,
    alt: file.alt ?? '',
    picture: null,
    state: { type: 'done', file },
  }))

  const find = (id: string): Upload | undefined => items.find((item) => item.id === id)
  const set = (next: readonly Upload[]): void => {
    items = next
    onChange(items)
  }
  const change = (id: string, to: Partial<Upload>): void =>
    set(items.map((item) => (item.id === id ? { ...item, ...to } : item)))

  const pump = (): void => {
    for (const item of items) {
      if (stops.size >= atOnce) return
      const body = bodies.get(item.id)
      if (item.state.type === 'waiting' && body && !stops.has(item.id)) void run(item.id, body)
    }
  }

  const run = async (id: string, body: Blob): Promise<void> => {
    const stop = new AbortController()
    stops.set(id, stop)
    try {
      // The server checks as well: without an answer here, the upload itself will tell.
      const known = await transport.limits().catch(() => null)
      if (stop.signal.aborted) return
      if (known) holdTo(known, body.size)
      await send(id, body, stop.signal)
    } catch (caught) {
      if (stop.signal.aborted) return
      const error = asApiError(caught)
      change(id, { state: { type: 'failed', error, mayRetry: passes(error) } })
    } finally {
      if (stops.get(id) === stop) stops.delete(id)
      pump()
    }
  }

  const send = async (id: string, body: Blob, signal: AbortSignal): Promise<void> => {
    const item = find(id)
    if (!item) return
    change(id, { state: { type: 'uploading', sentBytes: 0 } })
    const told = item.alt
    let file = await transport.upload({
      roomId: options.roomId,
      name: item.name,
      alt: told,
      body,
      signal,
      onProgress: (sentBytes) => {
        // The browser may tell of the last bytes after the answer.
        if (find(id)?.state.type === 'uploading')
          change(id, { state: { type: 'uploading', sentBytes } })
      },
    })
    // Described while it was on its way.
    const alt = find(id)?.alt ?? told
    if (!signal.aborted && alt !== told) file = await transport.describe(file.id, alt)
    if (signal.aborted) return
    bodies.delete(id)
    options.onDone(file, item.picture)
    change(id, { alt: file.alt ?? '', state: { type: 'done', file } })
  }

  return {
    items: () => items,

    add(files) {
      const room = Math.max(0, wireLimits.filesPerChat - items.length)
      const taken = files.slice(0, room).map((file): Upload => {
        const id = newId()
        bodies.set(id, file)
        const picture = options.makePicture(file)
        const { name, size: bytes, type } = file
        return { id, name, bytes, type, alt: '', picture, state: { type: 'waiting' } }
      })
      set([...items, ...taken])
      pump()
      return files.length - taken.length
    },

    remove(id) {
      const item = find(id)
      if (!item) return
      stops.get(id)?.abort()
      stops.delete(id)
      bodies.delete(id)
      set(items.filter((other) => other.id !== id))
      if (item.state.type === 'done') {
        options.onRemoved(item.state.file)
        // Unposted uploads end by themselves after a day: nothing is lost if this fails.
        void transport.remove(item.state.file.id).catch(() => {})
      } else if (item.picture) options.dropPicture(item.picture)
      pump()
    },

    retry(id) {
      const item = find(id)
      if (item?.state.type !== 'failed' || !item.state.mayRetry) return
      change(id, { state: { type: 'waiting' } })
      pump()
    },

    async describe(id, alt) {
      const item = find(id)
      if (!item) return
      if (item.state.type !== 'done') return change(id, { alt })
      const file = await transport.describe(item.state.file.id, alt)
      options.onDone(file, item.picture)
      change(id, { alt: file.alt ?? '', state: { type: 'done', file } })
    },

    clear: () => set(items.filter(({ state }) => state.type !== 'done')),
  }
}

export const isUnderWay = ({ state }: Upload): boolean =>
  state.type === 'waiting' || state.type === 'uploading'

/** Refused here, before a byte is sent. @throws ApiError */
function holdTo({ maxBytes, quotaBytes, usedBytes }: FileLimits, bytes: number): void {
  if (maxBytes > 0 && bytes > maxBytes) {
    throw new ApiError('too_large', `at most ${maxBytes} bytes`)
  }
  if (quotaBytes !== null && quotaBytes > 0 && usedBytes + bytes > quotaBytes) {
    throw new ApiError('quota_exceeded', 'no space left')
  }
}

const final: ReadonlySet<ApiError['code']> = new Set([
  'too_large',
  'quota_exceeded',
  'invalid',
  'forbidden',
  'not_found',
  'not_member',
  'room_archived',
])
const passes = ({ code }: ApiError): boolean => !final.has(code)
