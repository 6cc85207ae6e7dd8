import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { limits } from '../../src/protocol/limits.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { enterSends } from '../settings/appearance.ts'
import { IconButton } from '../ui/button.tsx'
import { Bold, Check, Code, Italic, SendHorizontal, X } from '../ui/icons.ts'
import { composerAct, toggleMark } from './composer-keys.ts'
import './composer.css'

export interface ComposerProps {
  room: MyRoom
  /** The chat that is being edited in place of a new one. */
  editing: Chat | null
  onEditLast: () => void
  onEndEdit: () => void
  onSent: () => void
  /** Up from an empty composer's way out: to the list. */
  ref: (handle: { focus: () => void }) => void
}

const tellFrom = limits.messageChars - 500

/** Where a chat is written. What is not sent is kept, in this room, over edits and reloads. */
export function Composer(props: ComposerProps) {
  const live = useLive()
  const touch = matchMedia('(pointer: coarse)')
  let field: HTMLTextAreaElement | undefined
  const [text, setText] = createSignal(live.draft(props.room.id))
  const [isSaving, setSaving] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const left = () => limits.messageChars - text().length
  const isReady = createMemo(() => text().trim() !== '' && left() >= 0)
  const label = () => t('chats.messageRoom', { room: roomTitle(props.room) })

  createEffect(
    on(
      () => props.editing,
      (chat, before) => {
        if (!chat && !before) return
        setProblem(null)
        setText(chat ? chat.message : live.draft(props.room.id))
        field?.focus()
        field?.setSelectionRange(field.value.length, field.value.length)
      },
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
    live.setDraft(props.room.id, value)
    if (value.trim() !== '') live.startTyping(props.room.id)
  }

  const submit = async (): Promise<void> => {
    if (!isReady() || isSaving()) return
    if (props.editing) return save(props.editing)
    live.send(props.room.id, text())
    live.setDraft(props.room.id, '')
    setText('')
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
      <Show when={props.editing}>
        <div class="composer-edit">
          <span>{t('chats.editing')}</span>
          <span class="composer-hint">{t('chats.editHint')}</span>
          <IconButton
            small
            label={t('chats.cancelEdit')}
            keys="Esc"
            onClick={() => props.onEndEdit()}
          >
            <X />
          </IconButton>
        </div>
      </Show>
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
