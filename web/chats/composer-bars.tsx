import { Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { IconButton } from '../ui/button.tsx'
import { X } from '../ui/icons.ts'

/** Above the text while a chat is being changed. */
export function EditBar(props: { onCancel: () => void }) {
  return (
    <div class="composer-bar">
      <span class="composer-bar-title">{t('chats.editing')}</span>
      <span class="composer-bar-text">{t('chats.editHint')}</span>
      <IconButton small label={t('chats.cancelEdit')} keys="Esc" onClick={() => props.onCancel()}>
        <X />
      </IconButton>
    </div>
  )
}

/** Above the text while it answers a chat: whose, and how that began. */
export function ReplyBar(props: { chat: Chat; onCancel: () => void }) {
  const live = useLive()
  const name = () => live.user(props.chat.sender).name
  return (
    <div class="composer-bar" role="note" aria-label={t('compose.replyingTo', { name: name() })}>
      <span class="composer-bar-title">{t('compose.replyingTo', { name: name() })}</span>
      <span class="composer-bar-text" dir="auto">
        <Show when={props.chat.message} fallback={t('compose.replyFiles')}>
          {props.chat.message}
        </Show>
      </span>
      <IconButton
        small
        label={t('compose.cancelReply')}
        keys="Esc"
        onClick={() => props.onCancel()}
      >
        <X />
      </IconButton>
    </div>
  )
}
