import { For, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { dayOf } from '../chats/rows.ts'
import { knownPeople } from '../chats/names.ts'
import { formatDate, formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { useThreads } from './threads-context.tsx'
import './thread-line.css'

/** Under a chat with a thread: who replied, how often, when last, and whether I have read it. */
export function ThreadLine(props: { chat: Chat; onOpen: () => void }) {
  const live = useLive()
  const threads = useThreads()
  const isUnread = () => threads.isUnread(props.chat.id)
  const faces = () => knownPeople(live, props.chat.thread?.userIds ?? [])
  const lastAt = () => props.chat.thread?.lastAt ?? props.chat.createdAt
  return (
    <button type="button" class="thread-line" onClick={() => props.onOpen()}>
      <span class="thread-faces">
        <For each={faces()}>{(person) => <Avatar person={person} size={20} />}</For>
      </span>
      <span class="thread-count">
        {t('talk.replies', { count: props.chat.thread?.count ?? 0 })}
      </span>
      <Show when={isUnread()}>
        <span class="thread-dot">
          <span class="visually-hidden">{t('talk.threadUnread')}</span>
        </span>
      </Show>
      <span class="thread-last" title={formatFull(lastAt())}>
        {t('talk.lastReply', { when: shortTime(lastAt()) })}
      </span>
      <span class="thread-view" aria-hidden="true">
        {t('talk.viewThread')}
      </span>
    </button>
  )
}

/** The hour today, the date before. */
const shortTime = (at: string): string =>
  dayOf(at) === dayOf(Date.now()) ? formatTime(at) : formatDate(at)
