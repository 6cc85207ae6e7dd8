import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
  untrack,
} from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { limits } from '../../src/protocol/limits.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { draftPlace } from '../compose/draft-place.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { enterSends } from '../settings/appearance.ts'
import { IconButton } from '../ui/button.tsx'
import { Bold, Check, Code, Italic, SendHorizontal } from '../ui/icons.ts'
import { EditBar, ReplyBar } from './composer-bars.tsx'
import { composerAct, toggleMark } from './composer-keys.ts'
import './composer.css'

export interface ComposerProps {
  room: MyRoom
  /** Writes in the thread of this chat; the draft and the files are the thread’s own. */
  threadId?: string | undefined
  /** The chat that the next one answers. */
  replyTo?: Chat | null | undefined
  onEndReply?: (() => void) | undefined
  /** The chat that is being edited in place of a new one. */
  editing: Chat | null
  onEditLast: () => void
  onEndEdit: () => void
  onSent: () => void
  /** Up from an empty composer's way out: to the list. */
  ref: (handle: { focus: () => void }) => void
}

const tellFrom = limits.messageChars - 500

/**
 * Where a chat is written, for a room or for one thread of it. What is not sent is kept, in its place,
 * over edits and reloads. Make it anew for another room or thread.
 */
export function Composer(props: ComposerProps) {
  const live = useLive()
  const touch = matchMedia('(pointer: coarse)')
  let field: HTMLTextAreaElement | undefined
  const place = untrack(() => draftPlace(props.room.id, props.threadId))
  const [text, setText] = createSignal(live.draft(place))
  const [inRoom, setInRoom] = createSignal(false)
  const [isSaving, setSaving] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const left = () => limits.messageChars - text().length
  const isReady = createMemo(() => text().trim() !== '' && left() >= 0)
  const label = () =>
    props.threadId === undefined
      ? t('chats.messageRoom', { room: roomTitle(props.room) })
      : t('compose.messageThread')

  createEffect(
    on(
      () => props.editing,
      (chat, before) => {
        if (!chat && !before) return
        setProblem(null)
        setText(chat ? chat.message : live.draft(place))
        field?.focus()
        field?.setSelectionRange(field.value.length, field.value.length)
      },
    ),
  )
  createEffect(
    on(
      () => props.replyTo?.id,
      (id) => id !== undefined && field?.focus(),
    ),
  )
  // Grows with its text; CSS says how far.
  createEffect(() => {
    text()
    if (!field) return
    field.style.blockSize = 'auto'
    field.style.blockSize = `${field.scrollHeight}px`
  })
  onMount(() => {
    props.ref({ focus: () => field?.focus() })
    // On a phone the keyboard would jump up with every room.
    if (!touch.matches) field?.focus({ preventScroll: true })
    document.addEventListener('keydown', takeTyping)
    onCleanup(() => document.removeEventListener('keydown', takeTyping))
  })
  /** Typing with the focus nowhere is meant for here. */
  const takeTyping = (event: KeyboardEvent): void => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    const isNowhere = document.activeElement === document.body
    if (isText && isNowhere && !document.querySelector('dialog[open]')) field?.focus()
  }

  const write = (value: string): void => {
    setText(value)
    setProblem(null)
    if (props.editing) return
    live.setDraft(place, value)
    // In a thread the room would be told of words that it will never see.
    if (value.trim() !== '' && props.threadId === undefined) live.startTyping(props.room.id)
  }

  const submit = async (): Promise<void> => {
    if (!isReady() || isSaving()) return
    if (props.editing) return save(props.editing)
    live.send(props.room.id, text(), {
      threadId: props.threadId,
      inRoom: inRoom() || undefined,
      replyToId: props.replyTo?.id,
    })
    live.setDraft(place, '')
    setText('')
    setInRoom(false)
    props.onEndReply?.()
    props.onSent()
  }
  const save = async (chat: Chat): Promise<void> => {
    if (text() === chat.message) return props.onEndEdit()
    setSaving(true)
    try {
      await live.edit(chat, text())
      props.onEndEdit()
    } catch (caught) {
      setProblem(errorText(asApiError(caught)))
    } finally {
      setSaving(false)
    }
  }

  const mark = (sign: string): void => {
    if (!field) return
    const { selectionStart: start, selectionEnd: end } = field
    const next = toggleMark({ text: text(), start, end }, sign)
    field.focus()
    replaceAll(field, next.text)
    field.setSelectionRange(next.start, next.end)
  }

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void => {
    const { selectionStart: start, selectionEnd: end } = event.currentTarget
    const act = composerAct(event, {
      text: text(),
      start,
      end,
      isEditing: props.editing !== null,
      isReplying: props.replyTo != null,
      isTouch: touch.matches,
      enterSends: enterSends(),
    })
    if (!act) return
    event.preventDefault()
    switch (act.type) {
      case 'send':
        return void submit()
      case 'edit_last':
        return props.onEditLast()
      case 'cancel_edit':
        return props.onEndEdit()
      case 'cancel_reply':
        return props.onEndReply?.()
      case 'mark':
        return mark(act.mark)
    }
  }

  return (
    <form
      class="composer"
      classList={{ 'composer-editing': props.editing !== null }}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Switch>
        <Match when={props.editing}>
          <EditBar onCancel={() => props.onEndEdit()} />
        </Match>
        <Match when={props.replyTo}>
          {(chat) => <ReplyBar chat={chat()} onCancel={() => props.onEndReply?.()} />}
        </Match>
      </Switch>
      <textarea
        ref={(element) => (field = element)}
        class="composer-text"
        rows={1}
        dir="auto"
        aria-label={props.editing ? t('chats.editing') : label()}
        placeholder={label()}
        value={text()}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="composer-tools">
        <IconButton small label={t('chats.bold')} keys="Ctrl B" onClick={() => mark('**')}>
          <Bold />
        </IconButton>
        <IconButton small label={t('chats.italic')} keys="Ctrl I" onClick={() => mark('_')}>
          <Italic />
        </IconButton>
        <IconButton small label={t('chats.code')} keys="Ctrl E" onClick={() => mark('`')}>
          <Code />
        </IconButton>
        <Show when={props.threadId !== undefined && props.editing === null}>
          <label class="composer-in-room">
            <input
              type="checkbox"
              checked={inRoom()}
              onChange={(event) => setInRoom(event.currentTarget.checked)}
            />
            <span>{t('compose.alsoInRoom')}</span>
          </label>
        </Show>
        <span class="composer-problem" role="alert">
          {problem()}
        </span>
        <Show when={text().length > tellFrom}>
          <span class="composer-count" classList={{ 'composer-over': left() < 0 }} role="status">
            {left() < 0
              ? t('chats.tooLong', { count: -left() })
              : t('chats.left', { count: left() })}
          </span>
        </Show>
        <IconButton
          type="submit"
          kind={isReady() ? 'primary' : 'bare'}
          class="composer-send"
          label={t(props.editing ? 'chats.saveEdit' : 'chats.send')}
          aria-disabled={isReady() ? undefined : 'true'}
          busy={isSaving()}
        >
          {props.editing ? <Check /> : <SendHorizontal />}
        </IconButton>
      </div>
    </form>
  )
}

/** As if typed, so that undo takes it back. */
function replaceAll(field: HTMLTextAreaElement, text: string): void {
  field.select()
  if (document.execCommand('insertText', false, text)) return
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
