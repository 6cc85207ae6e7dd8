import { createSignal, onCleanup, Show } from 'solid-js'
import { EmojiPicker } from '../emoji/emoji-picker.tsx'
import { RowFiles } from '../files/chat-files.tsx'
import { spokenChat } from '../files/spoken-chat.ts'
import { formatFull, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { LinkCards } from '../links/link-cards.tsx'
import { useLive } from '../live/index.ts'
import { ThreadLine } from '../threads/thread-line.tsx'
import { Avatar } from '../ui/avatar.tsx'
import type { Anchor } from '../ui/floating.tsx'
import { Clock } from '../ui/icons.ts'
import { ChatMenu } from './chat-menu.tsx'
import type { ChatRowProps } from './chat-row.tsx'
import { ChatText } from './chat-text.tsx'
import { ChatTime } from './chat-time.tsx'
import { ChatToolbar } from './chat-toolbar.tsx'
import { FailedLine } from './failed-line.tsx'
import { QuoteBar } from './quote-bar.tsx'
import { ReactionPills } from './reaction-pills.tsx'
import { RowMarks } from './row-marks.tsx'
import { WaitLine } from './wait-line.tsx'

const pressMs = 450

/** A chat that a person said: who, what, what others made of it, and what can be done with it. */
export function SaidRow(props: ChatRowProps) {
  const live = useLive()
  const [isNear, setNear] = createSignal(false)
  const [wasFocused, setWasFocused] = createSignal(false)
  const [menu, setMenu] = createSignal<{ anchor: Anchor; isWhole: boolean } | null>(null)
  /** The finger that opened the menu is still down. */
  let hasPressed = false
  let pressTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(pressTimer))
  const sender = () => live.user(props.row.sender)
  const isDeleted = () => (props.row.chat?.deletedAt ?? null) !== null
  /** Stored, and not taken back. */
  const standing = () => (isDeleted() ? null : props.row.chat)
  /** Its thread stays when it is deleted. */
  const threadedChat = () => ((props.row.chat?.thread?.count ?? 0) > 0 ? props.row.chat : null)
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
    return wanted && wanted.chatId === props.row.chat?.id ? wanted : null
  }
  /**
   * Made when it is wanted: each room that is opened has an active row, which nobody may ever focus. Once it
   * was focused it keeps its toolbar, to which a dialog gives the focus back. A menu or a picker that is open
   * belongs to a toolbar, wherever the pointer is by now.
   */
  const hasToolbar = () =>
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
      onPointerEnter={(event) => setNear(event.pointerType !== 'touch')}
      onPointerLeave={() => setNear(false)}
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
        </div>
        <LinkCards chat={props.row.chat} />
        <RowFiles row={props.row} />
        <Show when={standing()}>
          {(chat) => <ReactionPills chat={chat()} actions={props.actions} />}
        </Show>
        <Show when={props.row.state === 'sending' && props.row.entry}>
          {(entry) => <WaitLine entry={entry()} />}
        </Show>
        <Show when={props.row.state === 'failed' && props.row.entry}>
          {(entry) => <FailedLine entry={entry()} />}
        </Show>
        <Show when={props.actions.openThread && threadedChat()}>
          {(chat) => <ThreadLine chat={chat()} onOpen={() => props.actions.openThread?.(chat())} />}
        </Show>
      </div>
      <Show when={hasToolbar() && standing()}>
        {(chat) => (
          <ChatToolbar
            chat={chat()}
            actions={props.actions}
            isMenuOpen={menu() !== null}
            onMenu={(anchor) => setMenu((open) => (open ? null : { anchor, isWhole: false }))}
          />
        )}
      </Show>
      <Show when={standing() && menu()}>
        {(open) => (
          <Show when={standing()}>
            {(chat) => (
              <ChatMenu
                chat={chat()}
                actions={props.actions}
                anchor={open().anchor}
                isWhole={open().isWhole}
                onClose={() => setMenu(null)}
              />
            )}
          </Show>
        )}
      </Show>
      <Show when={standing() && picking()}>
        {(wanted) => (
          <EmojiPicker
            anchor={wanted().anchor}
            onPick={(emoji) => {
              const chat = standing()
              props.actions.pick(null)
              if (chat) props.actions.react(chat, emoji)
            }}
            onClose={() => props.actions.pick(null)}
          />
        )}
      </Show>
    </div>
  )
}
