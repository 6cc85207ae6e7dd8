import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { chatPath } from '../chats/chat-link.ts'
import { ChatText } from '../chats/chat-text.tsx'
import { dayOf } from '../chats/rows.ts'
import { formatDate, formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { Avatar } from '../ui/avatar.tsx'
import './chat-card.css'

/** One chat out of its place: who, where, when and its first lines. Its room’s name leads to it. */
export function ChatCard(props: {
  chat: Chat
  /** Where pressing it leads; to its place in its room when not said. */
  href?: string
  isUnread?: boolean
  isCurrent?: boolean
  /** In a list of one room its name says nothing. */
  hidesRoom?: boolean
  /** A button or two at its end. */
  actions?: JSX.Element
  /** Below the text. */
  children?: JSX.Element
}) {
  const live = useLive()
  const room = () => live.room(props.chat.roomId)
  const sender = () => live.user(props.chat.sender)
  const title = () => {
    const known = room()
    return known ? roomTitle(known) : t('talk.unknownRoom')
  }
  const files = () => props.chat.files?.length ?? 0
  return (
    <article
      class="chat-card"
      classList={{ 'chat-card-unread': props.isUnread, 'chat-card-current': props.isCurrent }}
    >
      <Avatar person={sender()} />
      <div class="chat-card-main">
        <div class="chat-card-head">
          <A
            class="chat-card-link"
            href={props.href ?? chatPath(props.chat, room())}
            aria-current={props.isCurrent ? 'true' : undefined}
          >
            <span class="chat-author" dir="auto">
              {sender().name}
            </span>
            <Show when={!props.hidesRoom}>
              <span class="chat-card-room" dir="auto">
                {title()}
              </span>
            </Show>
            <span class="visually-hidden">{t('talk.jump')}</span>
          </A>
          <time
            class="chat-time"
            dateTime={props.chat.createdAt}
            title={formatFull(props.chat.createdAt)}
          >
            {shortTime(props.chat.createdAt)}
          </time>
        </div>
        <div class="chat-card-text">
          <Show
            when={props.chat.deletedAt === null}
            fallback={<p class="chat-deleted">{t('chats.deleted')}</p>}
          >
            <ChatText message={props.chat.message} />
          </Show>
        </div>
        <Show when={files() > 0}>
          <p class="chat-card-files">{t('talk.files', { count: files() })}</p>
        </Show>
        {props.children}
      </div>
      <Show when={props.actions}>
        <div class="chat-card-actions">{props.actions}</div>
      </Show>
    </article>
  )
}

/** The hour today, the date before. */
const shortTime = (at: string): string =>
  dayOf(at) === dayOf(Date.now()) ? formatTime(at) : formatDate(at)
