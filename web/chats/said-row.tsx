import { createSignal, onCleanup, Show } from 'solid-js'
import { spokenChat } from '../files/spoken-chat.ts'
import { formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Clock } from '../ui/icons.ts'
import type { ChatRowProps } from './chat-row.tsx'
import { ChatText } from './chat-text.tsx'
import { ChatTime } from './chat-time.tsx'
import { QuoteBar } from './quote-bar.tsx'
import { RowBelow } from './row-below.tsx'
import { RowMarks } from './row-marks.tsx'
import { RowTools, type RowMenu } from './row-tools.tsx'

const pressMs = 450
/** Rows that are scrolled by under a pointer at rest are not pointed at. */
const restMs = 60

/** A chat that a person said: who, what, what others made of it, and what can be done with it. */
export function SaidRow(props: ChatRowProps) {
  const live = useLive()
  const [isNear, setNear] = createSignal(false)
  const [wasFocused, setWasFocused] = createSignal(false)
  const [menu, setMenu] = createSignal<RowMenu | null>(null)
  /** The finger that opened the menu is still down. */
  let hasPressed = false
  let pressTimer: ReturnType<typeof setTimeout> | undefined
  let restTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => {
    clearTimeout(pressTimer)
    clearTimeout(restTimer)
  })
  const sender = () => live.user(props.row.sender)
  const isDeleted = () => (props.row.chat?.deletedAt ?? null) !== null
  /** Stored, and not taken back. */
  const standing = () => (isDeleted() ? null : props.row.chat)
  const text = () => (isDeleted() ? t('chats.deleted') : props.row.message)
  const isWaiting = () => props.row.state === 'sending' || props.row.state === 'preview'
  /** Mine goes nowhere while the line is down; what others send has reached the server. */
  const waiting = () =>
    props.row.state === 'preview' || live.line().state === 'online'
      ? t('chats.sending')
      : t('chats.sendingLater')
  const label = () => {
    const chat = standing()
    const words = chat ? spokenChat(chat) : text()
    const said = { author: sender().name, text: words, time: formatTime(props.row.at) }
    return isWaiting()
      ? t('chats.rowLabelWaiting', { ...said, waiting: waiting() })
      : t('chats.rowLabel', said)
  }
  const callsMe = () => {
    const { chat } = props.row
    if (!chat || chat.deletedAt !== null) return false
    const isToAll = chat.everyone !== undefined && chat.sender.id !== live.me().id
    return isToAll || chat.mentions.includes(live.me().id)
  }
  const picking = () => {
    const wanted = props.actions.picking()
    return wanted && wanted.chatId === props.row.chat?.id ? wanted.anchor : null
  }
  /**
   * Made when it is wanted: each room that is opened has an active row, which nobody may ever focus. Once it
   * was focused it keeps its toolbar, to which a dialog gives the focus back. A menu or a picker that is open
   * belongs to a toolbar, wherever the pointer is by now.
   */
  const hasTools = () =>
    isNear() || (props.isActive && wasFocused()) || menu() !== null || picking() !== null

  const longPress = (event: PointerEvent) => {
    clearTimeout(pressTimer)
    const anchor = { x: event.clientX, y: event.clientY }
    if (event.pointerType !== 'touch') return
    pressTimer = setTimeout(() => {
      hasPressed = true
      setMenu({ anchor, isWhole: true })
    }, pressMs)
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
        'chat-mentions-me': callsMe(),
      }}
      role="article"
      data-key={props.row.key}
      tabindex={props.isActive ? 0 : -1}
      aria-label={label()}
      onFocusIn={() => setWasFocused(true)}
      onPointerEnter={({ pointerType }) => {
        clearTimeout(restTimer)
        if (pointerType !== 'touch') restTimer = setTimeout(() => setNear(true), restMs)
      }}
      onPointerLeave={() => {
        clearTimeout(restTimer)
        setNear(false)
      }}
      onPointerDown={longPress}
      onPointerMove={(event) => event.pointerType === 'touch' && clearTimeout(pressTimer)}
      onPointerUp={() => clearTimeout(pressTimer)}
      onPointerCancel={() => clearTimeout(pressTimer)}
      // A long press has a meaning of its own here: neither shall the browser's menu lie over ours, nor the
      // click that the browser makes of the lifted finger close it.
      onContextMenu={(event) => menu()?.isWhole && event.preventDefault()}
      on:touchend={(event: TouchEvent) => {
        if (hasPressed) event.preventDefault()
        hasPressed = false
      }}
    >
      <RowMarks row={props.row} actions={props.actions} />
      <div class="chat-gutter">
        <Show when={!props.row.isGrouped} fallback={<ChatTime at={props.row.at} />}>
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
            <ChatTime at={props.row.at} />
          </div>
        </Show>
        <Show when={!isDeleted() && props.row.quote}>
          {(quote) => (
            <Show when={props.row.chat ?? props.row.entry}>
              {(place) => <QuoteBar quote={quote()} place={place()} onJump={props.actions.jump} />}
            </Show>
          )}
        </Show>
        <div class="chat-body">
          <Show when={!isDeleted()} fallback={<p class="chat-deleted">{t('chats.deleted')}</p>}>
            <ChatText message={props.row.message} />
          </Show>
          <Show when={isWaiting() || standing()?.editedAt}>
            <Show when={standing()?.editedAt}>
              {(at) => (
                <button
                  type="button"
                  class="chat-edited"
                  title={t('chats.editedAt', { when: formatFull(at()) })}
                  onClick={() => {
                    const chat = standing()
                    if (chat) props.actions.showEdits(chat)
                  }}
                >
                  {t('chats.edited')}
                </button>
              )}
            </Show>
            <Show when={isWaiting()}>
              <span class="chat-clock" title={waiting()}>
                <Clock />
                <span class="visually-hidden">{waiting()}</span>
              </span>
            </Show>
          </Show>
        </div>
        <RowBelow row={props.row} actions={props.actions} />
      </div>
      <Show when={hasTools() && standing()}>
        {(chat) => (
          <RowTools
            chat={chat()}
            actions={props.actions}
            menu={menu()}
            onMenu={setMenu}
            picking={picking()}
          />
        )}
      </Show>
    </div>
  )
}
