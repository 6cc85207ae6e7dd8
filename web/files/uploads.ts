import { createSignal, type Accessor } from 'solid-js'
import { useLive } from '../live/index.ts'
import { makeLocalFiles, type LocalFiles } from './local-files.ts'
import { uploadTransport } from './transport.ts'
import { isUnderWay, makeUploadQueue, type Upload } from './upload-queue.ts'

/** Where the files are to be posted: a room, or one thread of it. */
export interface UploadPlace {
  roomId: string
  threadId?: string | undefined
}

/**
 * The files that stand on top of one composer. How a composer uses them:
 *
 * - `const uploads = createUploads({ roomId, threadId })` in its body;
 * - `<DropZone uploads={uploads} />` and `<AttachTray uploads={uploads} />` above its text,
 *   `<AttachButton uploads={uploads} />` among its tools;
 * - on paste: `const files = pastedFiles(event.clipboardData)`; where there are any,
 *   `event.preventDefault(); uploads.add(files)`;
 * - Send is ready with words or with `uploads.count() > 0`, and busy while it waits for
 *   `await uploads.settled()`;
 * - then, if `!uploads.hasFailed()`, `live.send(roomId, text, { …, fileIds: uploads.fileIds() })` and
 *   `uploads.clear()`. What failed stays in the tray, with a way to try again.
 *
 * All reads are reactive.
 */
export interface Uploads {
  items: Accessor<readonly Upload[]>
  /** How many files stand here, in whatever state. */
  count: Accessor<number>
  /** Some are not on the server yet. */
  isBusy: Accessor<boolean>
  /** Some could not be uploaded. */
  hasFailed: Accessor<boolean>
  /** How many of the last ones that were added were left out, because a chat takes no more. */
  leftOut: Accessor<number>
  /** What `ChatLinks.fileIds` takes: the done ones, in order. */
  fileIds: () => string[]
  /** Resolves as soon as none is under way. */
  settled: () => Promise<void>
  add: (files: readonly File[]) => void
  /** Stops it where it is under way, and takes it out. */
  remove: (id: string) => void
  retry: (id: string) => void
  /** Says what a picture shows. @throws ApiError */
  describe: (id: string, alt: string) => Promise<void>
  /** After a send: the done ones belong to a chat now. What failed stays. */
  clear: () => void
}

const places = new Map<string, Uploads>()
// An upload ends with the page: whoever leaves in the middle of one is asked.
addEventListener('beforeunload', (event) => {
  if (Array.from(places.values()).some((uploads) => uploads.isBusy())) event.preventDefault()
})

const users = new Map<string, LocalFiles>()

/** What this tab uploaded itself, of the user who is signed in. */
export function useLocalFiles(): LocalFiles {
  const userId = useLive().me().id
  const held = users.get(userId) ?? makeLocalFiles(userId)
  users.set(userId, held)
  return held
}

/** The uploads of one room or thread; the same ones whenever it is opened again in this tab. */
export function createUploads({ roomId, threadId = '' }: UploadPlace): Uploads {
  const local = useLocalFiles()
  const place = `${roomId}/${threadId}`
  const key = `${useLive().me().id}/${place}`
  const held = places.get(key) ?? openUploads(roomId, place, local)
  places.set(key, held)
  return held
}

function openUploads(roomId: string, place: string, local: LocalFiles): Uploads {
  const [items, setItems] = createSignal<readonly Upload[]>([])
  const [leftOut, setLeftOut] = createSignal(0)
  let waiting: (() => void)[] = []
  const isBusy = (): boolean => items().some(isUnderWay)
  const change = (next: readonly Upload[]): void => {
    setItems(next)
    if (next.some(isUnderWay)) return
    const told = waiting
    waiting = []
    for (const resolve of told) resolve()
  }
  const fileIds = (): string[] =>
    items().flatMap(({ state }) => (state.type === 'done' ? state.file.id : []))

  const queue = makeUploadQueue({
    roomId,
    transport: uploadTransport,
    held: local.inTray(place),
    makePicture: (body) => (body.type.startsWith('image/') ? URL.createObjectURL(body) : null),
    dropPicture: (picture) => URL.revokeObjectURL(picture),
    onDone: (file, picture) => local.keep(file, place, picture),
    onRemoved: (file) => local.forget(file.id),
    onChange: change,
  })
  setItems(queue.items())

  return {
    items,
    count: () => items().length,
    isBusy,
    hasFailed: () => items().some(({ state }) => state.type === 'failed'),
    leftOut,
    fileIds,
    settled: () => (isBusy() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    add: (files) => {
      if (files.length > 0) setLeftOut(queue.add(files))
    },
    remove: (id) => {
      setLeftOut(0)
      queue.remove(id)
    },
    retry: queue.retry,
    describe: queue.describe,
    clear: () => {
      setLeftOut(0)
      local.sent(fileIds())
      queue.clear()
    },
  }
}
