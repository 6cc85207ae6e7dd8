import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, onCleanup } from 'solid-js'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import { createPageActive } from '../chats/page-active.ts'
import { useLive } from '../live/index.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { roomPath } from '../rooms/room-state.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { useThreads } from '../threads/threads-context.tsx'
import { desktopNow } from './desktop.ts'
import { makeNotices } from './notices.ts'
import { reasonToTell, type Reason } from './reason.ts'
import { playSound } from './sound.ts'
import { makeTabGroup, type Subject } from './tab-group.ts'
import { noticeOf } from './words.ts'

/** After a gap in the line, only what is younger than this is still news, in milliseconds. */
const newsMs = 2 * 60_000
/** Many chats at once make one sound. */
const soundEveryMs = 1_500

/** What a notification tells of. */
interface Shown extends Subject {
  tag: string
  seq: number
}

/** Tells of chats while nobody looks: one notification and one sound, however many tabs are open. */
export default function Notifier(): null {
  const live = useLive()
  const threads = useThreads()
  const { settings } = useUserSettings()
  const location = useLocation()
  const navigate = useNavigate()
  const isActive = createPageActive()
  const notices = makeNotices()
  const [shown, setShown] = createSignal<readonly Shown[]>([])
  let isCatchingUp = false
  let soundedAt = -Infinity

  const sees = ({ roomId, threadId }: Subject): boolean => {
    if (!isActive()) return false
    if (threadId === undefined) return currentRoomId() === roomId
    return new URLSearchParams(location.search).get('thread') === threadId
  }
  const group = makeTabGroup({
    name: `parley-notify-${live.me().id}`,
    sees,
    channel: new BroadcastChannel(`parley-notify-${live.me().id}`),
    locks: 'locks' in navigator ? navigator.locks : undefined,
  })

  const isRead = ({ roomId, threadId, seq }: Omit<Shown, 'tag'>): boolean => {
    if (threadId !== undefined) return (threads.mark(threadId)?.readSeq ?? 0) >= seq
    return (live.room(roomId)?.readSeq ?? Infinity) >= seq
  }

  const tell = async (chat: Chat, reason: Reason): Promise<void> => {
    const subject = subjectOf(chat)
    if (sees(subject) || (await group.isSeenElsewhere(subject))) return
    const room = live.room(chat.roomId)
    // Read meanwhile, on another device for one.
    if (!room || isRead({ ...subject, seq: chat.seq })) return
    if ((settings().sound ?? true) && performance.now() - soundedAt > soundEveryMs) {
      soundedAt = performance.now()
      void playSound()
    }
    if (desktopNow() !== 'on') return
    const tag = `parley-${subject.threadId ?? subject.roomId}`
    notices.show({
      tag,
      ...noticeOf({ chat, room, reason, hidesText: settings().hidesText ?? false }),
      onClick: () => navigate(addressOf(chat, roomPath(room))),
    })
    const next: Shown = { ...subject, tag, seq: chat.seq }
    setShown((all) => [...all.filter((each) => each.tag !== tag), next])
  }

  const hear = (news: RoomNews): void => {
    const { chat } = news
    const room = live.room(chat.roomId)
    const isOld = isCatchingUp && Date.now() - Date.parse(chat.createdAt) > newsMs
    if (!room || isOld || !group.isSpeaker()) return
    const followsThread =
      chat.threadId !== undefined && threads.mark(chat.threadId)?.follows === true
    const reason = reasonToTell({
      news,
      room,
      meId: live.me().id,
      settings: settings(),
      followsThread,
    })
    if (reason) void tell(chat, reason)
  }
  live.on('hello', () => (isCatchingUp = true))
  live.on('synced', () => (isCatchingUp = false))
  live.onNews(hear)

  // Read elsewhere, it is no news any more.
  createEffect(() => {
    const read = shown().filter(isRead)
    for (const { tag } of read) notices.close(tag)
    if (read.length > 0) setShown((all) => all.filter((each) => !read.includes(each)))
  })
  addEventListener('pagehide', notices.closeAll)
  onCleanup(() => {
    removeEventListener('pagehide', notices.closeAll)
    notices.closeAll()
    group.dispose()
  })
  return null
}

/** Where a chat is shown: a reply that stays in its thread is seen there alone. */
const subjectOf = (chat: Chat): Subject => ({
  roomId: chat.roomId,
  threadId: isInMainLine(chat) ? undefined : chat.threadId,
})

const addressOf = (chat: Chat, path: string): string =>
  isInMainLine(chat)
    ? `${path}?at=${chat.seq}`
    : `${path}?thread=${chat.threadId ?? ''}&at=${chat.seq}`
