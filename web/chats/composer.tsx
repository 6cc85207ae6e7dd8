import {
  createEffect,
  createMemo,
  createSignal,
  lazy,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
  untrack,
} from 'solid-js'
import type { Chat, Everyone } from '../../src/protocol/chats.ts'
import { limits } from '../../src/protocol/limits.ts'
import { everyoneIn } from '../../src/protocol/mentions.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { asApiError } from '../api-error.ts'
import { CompletionList } from '../compose/completion-list.tsx'
import { createCompletion } from '../compose/create-completion.ts'
import { createField, fitHeight } from '../compose/create-field.ts'
import { draftPlace } from '../compose/draft-place.ts'
import { formatted } from '../compose/formatting.ts'
import { pasteInto } from '../compose/paste.ts'
import { createRoomPeople } from '../compose/room-people.ts'
import { errorText } from '../error-text.ts'
import { AttachTray } from '../files/attach-tray.tsx'
import { DropZone } from '../files/drop-zone.tsx'
import { pastedFiles } from '../files/taken-files.ts'
import { createUploads } from '../files/uploads.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { EditBar, ReplyBar } from './composer-bars.tsx'
import { composerAct } from './composer-keys.ts'
import { createSending } from './composer-sending.ts'
import { ComposerTools } from './composer-tools.tsx'
import './composer.css'

const EveryoneDialog = lazy(() => import('../compose/everyone-dialog.tsx'))

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

/** More members than this, and calling them all is asked about first. */
const fewMembers = 5

/**
 * Where a chat is written, for a room or for one thread of it. What is not sent is kept, in its place,
 * over edits and reloads. Make it anew for another room or thread.
 */
export function Composer(props: ComposerProps) {
  const live = useLive()
  const { settings } = useUserSettings()
  const touch = matchMedia('(pointer: coarse)')
  const field = createField()
  const { id: roomId } = untrack(() => props.room)
  const threadId = untrack(() => props.threadId)
  const place = draftPlace(roomId, threadId)
  const uploads = createUploads({ roomId, threadId })
  const people = createRoomPeople(() => props.room)
  const completion = createCompletion({ room: () => props.room, field, people })
  let element: HTMLTextAreaElement | undefined
  const [text, setText] = createSignal(live.draft(place))
  const [inRoom, setInRoom] = createSignal(false)
  const [isSaving, setSaving] = createSignal(false)
  const sending = createSending(place, uploads, () => setText(live.draft(place)))
  const isBusy = () => isSaving() || sending.isWaiting()
  const [problem, setProblem] = createSignal<string | null>(null)
  const [calling, setCalling] = createSignal<Everyone | null>(null)
  const left = () => limits.messageChars - text().length
  const hasFiles = () => props.editing === null && uploads.count() > 0
  const isReady = createMemo(() => (text().trim() !== '' || hasFiles()) && left() >= 0)
  const label = () =>
    threadId === undefined
      ? t('chats.messageRoom', { room: roomTitle(props.room) })
      : t('compose.messageThread')

  createEffect(
    on(
      () => props.editing,
      (chat, before) => {
        if (!chat && !before) return
        setProblem(null)
        setText(chat ? chat.message : live.draft(place))
        completion.left()
        field.focus()
        element?.setSelectionRange(element.value.length, element.value.length)
      },
    ),
  )
  createEffect(
    on(
      () => props.replyTo?.id,
      (id) => id !== undefined && field.focus(),
    ),
  )
  if (!CSS.supports('field-sizing', 'content'))
    createEffect(() => {
      text()
      if (element) fitHeight(element)
    })
  onMount(() => {
    props.ref({ focus: field.focus })
    // On a phone the keyboard would jump up with every room.
    // In the frame that paints the room: the focus asks where everything is, and would have it laid out twice.
    const frame = touch.matches ? 0 : requestAnimationFrame(field.focus)
    document.addEventListener('keydown', takeTyping)
    document.addEventListener('selectionchange', completion.moved)
    onCleanup(() => {
      cancelAnimationFrame(frame)
      document.removeEventListener('keydown', takeTyping)
      document.removeEventListener('selectionchange', completion.moved)
    })
  })
  /** Typing with the focus nowhere is meant for here. */
  const takeTyping = (event: KeyboardEvent): void => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    const isNowhere = document.activeElement === document.body
    if (isText && isNowhere && !document.querySelector('dialog[open]')) field.focus()
  }

  const write = (value: string): void => {
    setText(value)
    setProblem(null)
    if (props.editing) return
    live.setDraft(place, value)
    // In a thread the room would be told of words that it will never see.
    if (value.trim() !== '' && threadId === undefined) live.startTyping(roomId)
  }

  const submit = (): void => {
    if (!isReady() || isBusy()) return
    completion.left()
    if (props.editing) return void save(props.editing)
    const everyone = props.room.memberCount > fewMembers ? everyoneIn(text()) : undefined
    if (everyone) setCalling(everyone)
    else send()
  }
  const send = (): void => {
    const message = text()
    const links = { threadId, inRoom: inRoom() || undefined, replyToId: props.replyTo?.id }
    const { onEndReply, onSent } = props
    const post = (): void => {
      const fileIds = uploads.fileIds()
      live.send(roomId, message, { ...links, ...(fileIds.length > 0 && { fileIds }) })
      uploads.clear()
      live.setDraft(place, '')
      setText('')
      setInRoom(false)
      onEndReply?.()
      onSent()
    }
    sending.send(post, () => setProblem(t('compose.filesFailed')))
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

  const onKeyDown = (event: KeyboardEvent): void => {
    if (completion.takeKey(event)) {
      event.preventDefault()
      // The page has meanings of its own for Escape; this press is spent.
      return event.stopPropagation()
    }
    const act = composerAct(event, {
      ...field.writing(),
      isEditing: props.editing !== null,
      isReplying: props.replyTo != null,
      isTouch: touch.matches,
      enterSends: settings().enterSends ?? true,
    })
    if (!act) return
    event.preventDefault()
    switch (act.type) {
      case 'send':
        return submit()
      case 'edit_last':
        return props.onEditLast()
      case 'cancel_edit':
        return props.onEndEdit()
      case 'cancel_reply':
        return props.onEndReply?.()
      case 'format':
        return field.write(formatted(field.writing(), act.format))
      case 'write':
        return field.write(act.writing)
    }
  }
  const onPaste = (event: ClipboardEvent): void => {
    const files = props.editing ? [] : pastedFiles(event.clipboardData)
    if (files.length === 0) return pasteInto(event, field)
    event.preventDefault()
    uploads.add(files)
  }

  return (
    <form
      class="composer"
      classList={{ 'composer-editing': props.editing !== null }}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <DropZone uploads={uploads} disabled={props.editing !== null} />
      <Switch>
        <Match when={props.editing}>
          <EditBar onCancel={() => props.onEndEdit()} />
        </Match>
        <Match when={props.replyTo}>
          {(chat) => <ReplyBar chat={chat()} onCancel={() => props.onEndReply?.()} />}
        </Match>
      </Switch>
      <Show when={props.editing === null}>
        <AttachTray uploads={uploads} />
      </Show>
      <CompletionList completion={completion} />
      <textarea
        ref={(made) => {
          element = made
          field.take(made)
        }}
        class="composer-text"
        rows={1}
        dir="auto"
        aria-label={props.editing ? t('chats.editing') : label()}
        placeholder={label()}
        aria-autocomplete="list"
        aria-controls={completion.choices().length > 0 ? completion.listId : undefined}
        aria-activedescendant={
          completion.choices().length > 0 ? completion.optionId(completion.chosen()) : undefined
        }
        readOnly={isBusy()}
        value={text()}
        onInput={(event) => {
          write(event.currentTarget.value)
          if (!event.isComposing) completion.typed()
        }}
        onCompositionEnd={() => completion.typed()}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => completion.left()}
      />
      <ComposerTools
        uploads={uploads}
        field={field}
        isEditing={props.editing !== null}
        isReady={isReady()}
        isBusy={isBusy()}
        problem={problem()}
        left={left()}
        inRoom={threadId === undefined ? null : inRoom()}
        onInRoom={setInRoom}
      />
      <Suspense>
        <Show when={calling()}>
          {(who) => (
            <EveryoneDialog
              who={who()}
              room={props.room}
              people={people}
              onClose={() => setCalling(null)}
              onSend={() => {
                setCalling(null)
                send()
              }}
            />
          )}
        </Show>
      </Suspense>
    </form>
  )
}
