import { For, Show } from 'solid-js'
import type { SearchResult } from '../../src/protocol/search.ts'
import { dayOf } from '../chats/rows.ts'
import { formatDate, formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { snippetOf } from './snippet.ts'

/** One chat that was found: who, when, and the words around what was looked for. */
export function ResultRow(props: {
  id: string
  result: SearchResult
  isChosen: boolean
  onChoose: () => void
  onOpen: () => void
}) {
  const live = useLive()
  const chat = () => props.result.chat
  const sender = () => live.user(chat().sender)
  const files = () => chat().files?.length ?? 0
  return (
    <div
      id={props.id}
      class="result"
      role="option"
      aria-selected={props.isChosen}
      onPointerMove={() => props.onChoose()}
      onClick={() => props.onOpen()}
    >
      <Avatar person={sender()} />
      <div class="result-main">
        <div class="result-head">
          <span class="chat-author" dir="auto">
            {sender().name}
          </span>
          <Show when={chat().threadId}>
            <span class="result-kind">{t('search.inThread')}</span>
          </Show>
          <time class="chat-time" dateTime={chat().createdAt} title={formatFull(chat().createdAt)}>
            {shortTime(chat().createdAt)}
          </time>
        </div>
        <p class="result-text" dir="auto">
          <For each={snippetOf(chat().message, props.result.highlights)}>
            {(piece) => (piece.isHit ? <mark>{piece.text}</mark> : piece.text)}
          </For>
        </p>
        <Show when={files() > 0}>
          <p class="result-kind">{t('talk.files', { count: files() })}</p>
        </Show>
      </div>
    </div>
  )
}

/** The hour today, the date before. */
const shortTime = (at: string): string =>
  dayOf(at) === dayOf(Date.now()) ? formatTime(at) : formatDate(at)
