import { createSignal, Match, Show, Switch } from 'solid-js'
import { filesLabel, RowFiles } from '../files/chat-files.tsx'
import { formatDay, formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { LinkCards } from '../links/link-cards.tsx'
import { useLive } from '../live/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Clock } from '../ui/icons.ts'
import type { ChatActions } from './chat-actions.ts'
import { ChatMenu, ChatToolbar } from './chat-toolbar.tsx'
import { ChatText } from './chat-text.tsx'
import { eventText } from './event-text.ts'
import { FailedLine } from './failed-line.tsx'
import type { Row } from './rows.ts'
import { WaitLine } from './wait-line.tsx'
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

/** One chat, with what is told above it: the day, and where new ones begin. */
export function ChatRow(props: ChatRowProps) {
  return (
    <>
      <Show when={props.row.isNewDay}>
        <div class="day-divider">
          <span>{formatDay(props.row.at)}</span>
        </div>
      </Show>
      <Show when={props.row.isFirstNew}>
        <div class="new-line">
          <span>{t('chats.newLine')}</span>
        </div>
      </Show>
      <Show when={props.row.event} fallback={<Said {...props} />}>
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
      <span dir="auto">{props.text}</span>
      <Time at={props.row.at} />
    </div>
  )
}

function Said(props: ChatRowProps) {
  const live = useLive()
  const [isNear, setNear] = createSignal(false)
  const [press, setPress] = createSignal<{ x: number; y: number } | null>(null)
  let pressTimer: ReturnType<typeof setTimeout> | undefined
  const sender = () => live.user(props.row.sender)
  const isDeleted = () => (props.row.chat?.deletedAt ?? null) !== null
  const text = () => (isDeleted() ? t('chats.deleted') : props.row.message)
  const isWaiting = () => props.row.state === 'sending' || props.row.state === 'preview'
  /** Mine goes nowhere while the line is down; what others send has reached the server. */
  const waiting = () =>
    props.row.state === 'preview' || live.line().state === 'online'
      ? t('chats.sending')
      : t('chats.sendingLater')
  const label = () => {
    const words = [text(), filesLabel(props.row)].filter((part) => part !== '').join(', ')
    const said = { author: sender().name, text: words, time: formatTime(props.row.at) }
    return isWaiting()
      ? t('chats.rowLabelWaiting', { ...said, waiting: waiting() })
      : t('chats.rowLabel', said)
  }
  const isHere = () => isNear() || props.isActive

  const longPress = (event: PointerEvent) => {
    clearTimeout(pressTimer)
    const at = { x: event.clientX, y: event.clientY }
    if (event.pointerType === 'touch') pressTimer = setTimeout(() => setPress(at), 450)
  }
  return (
    <div
      class="chat"
      classList={{
        'chat-grouped': props.row.isGrouped,
        'chat-sending': props.row.state === 'sending',
        'chat-preview': props.row.state === 'preview',
        'chat-failed': props.row.state === 'failed',
        'chat-flash': props.isFlashing,
        'chat-editing': props.isEditing,
        'chat-mentions-me': props.row.chat?.mentions.includes(live.me().id) === true,
      }}
      role="article"
      data-key={props.row.key}
      tabindex={props.isActive ? 0 : -1}
      aria-label={label()}
      onPointerEnter={(event) => setNear(event.pointerType !== 'touch')}
      onPointerLeave={() => setNear(false)}
      onPointerDown={longPress}
      onPointerMove={(event) => event.pointerType === 'touch' && clearTimeout(pressTimer)}
      onPointerUp={() => clearTimeout(pressTimer)}
      onPointerCancel={() => clearTimeout(pressTimer)}
    >
      <div class="chat-gutter">
        <Show when={!props.row.isGrouped} fallback={<Time at={props.row.at} />}>
          <Avatar
            person={sender()}
            presence={{
              status: live.presence(sender().id),
              label: t(`common.${live.presence(sender().id)}`),
            }}
          />
        </Show>
      </div>
      <div class="chat-main">
        <Show when={!props.row.isGrouped}>
          <div class="chat-head">
            <span class="chat-author" dir="auto">
              {sender().name}
            </span>
            <Time at={props.row.at} />
          </div>
        </Show>
        <div class="chat-body">
          <Switch fallback={<ChatText message={props.row.message} />}>
            <Match when={isDeleted()}>
              <p class="chat-deleted">{t('chats.deleted')}</p>
            </Match>
          </Switch>
          <Show when={!isDeleted() && props.row.chat?.editedAt}>
            {(at) => (
              <span class="chat-edited" title={t('chats.editedAt', { when: formatFull(at()) })}>
                {t('chats.edited')}
              </span>
            )}
          </Show>
          <Show when={isWaiting()}>
            <span class="chat-clock" title={waiting()}>
              <Clock aria-hidden="true" />
              <span class="visually-hidden">{waiting()}</span>
            </span>
          </Show>
        </div>
        <LinkCards chat={props.row.chat} />
        <RowFiles row={props.row} />
        <Show when={props.row.state === 'sending' && props.row.entry}>
          {(entry) => <WaitLine entry={entry()} />}
        </Show>
        <Show when={props.row.state === 'failed' && props.row.entry}>
          {(entry) => <FailedLine entry={entry()} />}
        </Show>
      </div>
      <Show when={isHere() && !isDeleted() && props.row.chat}>
        {(chat) => <ChatToolbar chat={chat()} actions={props.actions} />}
      </Show>
      <Show when={press() && !isDeleted() && props.row.chat}>
        {(chat) => (
          <ChatMenu
            chat={chat()}
            actions={props.actions}
            at={press() ?? { x: 0, y: 0 }}
            onClose={() => setPress(null)}
          />
        )}
      </Show>
    </div>
  )
}

function Time(props: { at: string | number }) {
  return (
    <time
      class="chat-time"
      dateTime={new Date(props.at).toISOString()}
      title={formatFull(props.at)}
    >
      {formatTime(props.at)}
    </time>
  )
}
