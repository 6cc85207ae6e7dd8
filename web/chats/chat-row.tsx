import { Show } from 'solid-js'
import { formatDay, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import type { ChatActions } from './chat-actions.ts'
import { ChatTime } from './chat-time.tsx'
import { eventText } from './event-text.ts'
import type { Row } from './rows.ts'
import { SaidRow } from './said-row.tsx'
import './chat-row.css'

export interface ChatRowProps {
  row: Row
  /** The one row that Tab reaches. */
  isActive: boolean
  isFlashing: boolean
  /** Its text is in the composer. */
  isEditing: boolean
  actions: ChatActions
}

/** One chat, with what is told above it: the day, where the replies of a thread begin, and new ones. */
export function ChatRow(props: ChatRowProps) {
  // Asked at once: most rows have none.
  const isDivided = () =>
    props.row.isNewDay || props.row.isFirstNew || props.row.repliesBelow !== null
  return (
    <>
      <Show when={isDivided()}>
        <Show when={props.row.isNewDay}>
          <div class="day-divider">
            <span>{formatDay(props.row.at)}</span>
          </div>
        </Show>
        <Show when={props.row.repliesBelow}>
          {(count) => (
            <div class="replies-divider">
              <span>{t('talk.replies', { count: count() })}</span>
            </div>
          )}
        </Show>
        <Show when={props.row.isFirstNew}>
          <div class="new-line">
            <span>{t('chats.newLine')}</span>
          </div>
        </Show>
      </Show>
      <Show when={props.row.event} fallback={<SaidRow {...props} />}>
        {(event) => (
          <SystemLine
            text={eventText(event(), nameOf(props.row))}
            row={props.row}
            isActive={props.isActive}
          />
        )}
      </Show>
    </>
  )
}

const nameOf = (row: Row): string => useLive().user(row.sender).name

function SystemLine(props: { text: string; row: Row; isActive: boolean }) {
  return (
    <div
      class="chat-system"
      role="article"
      data-key={props.row.key}
      tabindex={props.isActive ? 0 : -1}
      aria-label={`${props.text}, ${formatTime(props.row.at)}`}
    >
      <span>{props.text}</span>
      <ChatTime at={props.row.at} />
    </div>
  )
}
