import { createResource, For, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { formatFull } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { ChatText } from './chat-text.tsx'
import './edits-dialog.css'

/** What a chat said before each edit, the latest first. */
export default function EditsDialog(props: { chat: Chat; onClose: () => void }) {
  // An edit while it is open is one more text of before.
  const [edits, { refetch }] = createResource(
    () => ({ roomId: props.chat.roomId, chatId: props.chat.id, at: props.chat.editedAt }),
    async ({ roomId, chatId }) =>
      (await call(api.rooms[':roomId'].chats[':chatId'].edits.$get({ param: { roomId, chatId } })))
        .edits,
  )
  const before = () => (edits.state === 'errored' ? [] : (edits.latest ?? []).toReversed())
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t('talk.historyTitle')}
      closeLabel={t('common.close')}
    >
      <ol class="edits">
        <Edit message={props.chat.message} when={t('talk.historyNow')} />
        <For each={before()}>
          {(edit) => <Edit message={edit.message} when={formatFull(edit.at)} />}
        </For>
      </ol>
      <Show when={edits.loading && before().length === 0}>
        <Skeleton label={t('common.loading')} rows={2} />
      </Show>
      <Show when={edits.state === 'errored'}>
        <ErrorState
          title={errorText(asApiError(edits.error))}
          retryLabel={t('common.retry')}
          onRetry={() => void refetch()}
        />
      </Show>
      <Show when={edits.state === 'ready' && before().length === 0}>
        <p class="edit-when">{t('talk.historyEmpty')}</p>
      </Show>
    </Dialog>
  )
}

function Edit(props: { message: string; when: string }) {
  return (
    <li class="edit">
      <p class="edit-when">{props.when}</p>
      <ChatText message={props.message} />
    </li>
  )
}
