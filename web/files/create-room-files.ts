import { createSignal, type Accessor } from 'solid-js'
import { api, asApiError, call, type ApiError } from '../api.ts'
import { useLive } from '../live/index.ts'
import { withChat, withPage, type PostedFile } from './room-files.ts'

export interface RoomFileList {
  files: Accessor<readonly PostedFile[]>
  /** The oldest is here. */
  isWhole: Accessor<boolean>
  busy: Accessor<boolean>
  error: Accessor<ApiError | null>
  /** Loads the next page; also the first one again after an error. */
  more: () => Promise<void>
}

/** What was posted in a room, the newest first, kept up to date while its owner lives. */
export function createRoomFiles(roomId: string): RoomFileList {
  const live = useLive()
  const [files, setFiles] = createSignal<readonly PostedFile[]>([])
  const [isWhole, setWhole] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<ApiError | null>(null)
  let cursor: string | null = null

  const more = async (): Promise<void> => {
    if (busy() || isWhole()) return
    setBusy(true)
    setError(null)
    try {
      const query = cursor === null ? {} : { cursor }
      const page = await call(api.rooms[':roomId'].files.$get({ param: { roomId }, query }))
      setFiles((list) => withPage(list, page.files))
      cursor = page.nextCursor
      setWhole(cursor === null)
    } catch (caught) {
      setError(asApiError(caught))
    } finally {
      setBusy(false)
    }
  }
  live.onNews(({ chat }) => {
    if (chat.roomId === roomId) setFiles((list) => withChat(list, chat, isWhole()))
  })
  void more()
  return { files, isWhole, busy, error, more }
}
