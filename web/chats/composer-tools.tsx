import { Show } from 'solid-js'
import type { WritingField } from '../compose/create-field.ts'
import { EmojiButton } from '../compose/emoji-button.tsx'
import { FormatBar } from '../compose/format-bar.tsx'
import { formatted } from '../compose/formatting.ts'
import { AttachButton } from '../files/attach-button.tsx'
import type { Uploads } from '../files/uploads.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Check, SendHorizontal } from '../ui/icons.ts'

/** From here on it is told how many characters are left. */
const tellFrom = 500

export interface ComposerToolsProps {
  uploads: Uploads
  field: WritingField
  isEditing: boolean
  /** There is something to send. */
  isReady: boolean
  isBusy: boolean
  problem: string | null
  /** Characters that still fit. */
  left: number
  /** Whether a reply goes to the room as well; null outside of threads. */
  inRoom: boolean | null
  onInRoom: (inRoom: boolean) => void
}

/** The quiet row under the text. */
export function ComposerTools(props: ComposerToolsProps) {
  return (
    <div class="composer-tools">
      <Show when={!props.isEditing}>
        <AttachButton uploads={props.uploads} />
      </Show>
      <EmojiButton onPick={props.field.insert} />
      <FormatBar
        onFormat={(format) => props.field.write(formatted(props.field.writing(), format))}
      />
      <Show when={props.inRoom !== null && !props.isEditing}>
        <label class="composer-in-room">
          <input
            type="checkbox"
            checked={props.inRoom === true}
            onChange={(event) => props.onInRoom(event.currentTarget.checked)}
          />
          <span>{t('compose.alsoInRoom')}</span>
        </label>
      </Show>
      <span class="composer-problem" role="alert">
        {props.problem}
      </span>
      <Show when={props.left < tellFrom}>
        <span class="composer-count" classList={{ 'composer-over': props.left < 0 }} role="status">
          {props.left < 0
            ? t('chats.tooLong', { count: -props.left })
            : t('chats.left', { count: props.left })}
        </span>
      </Show>
      <IconButton
        type="submit"
        kind={props.isReady ? 'primary' : 'bare'}
        class="composer-send"
        label={t(props.isEditing ? 'chats.saveEdit' : 'chats.send')}
        aria-disabled={props.isReady ? undefined : 'true'}
        busy={props.isBusy}
      >
        {props.isEditing ? <Check /> : <SendHorizontal />}
      </IconButton>
    </div>
  )
}
