import { createEffect, createSignal, on } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { spokenChat } from '../files/spoken-chat.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'

/** Asks before a chat is taken from everyone, and shows which. */
export function DeleteDialog(props: { chat: Chat | null; room: string; onClose: () => void }) {
  const live = useLive()
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.chat,
      () => setProblem(undefined),
    ),
  )
  const remove = async (): Promise<void> => {
    const { chat } = props
    if (!chat || isBusy()) return
    setBusy(true)
    try {
      await live.deleteChat(chat)
      props.onClose()
    } catch (caught) {
      setProblem(errorText(asApiError(caught)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog
      isOpen={props.chat !== null}
      onClose={() => props.onClose()}
      title={t('chats.deleteTitle')}
      closeLabel={t('common.close')}
      cancelLabel={t('common.cancel')}
      confirmLabel={t('chats.deleteConfirm')}
      onConfirm={() => void remove()}
      busy={isBusy()}
      error={problem()}
    >
      <blockquote class="delete-quote" dir="auto">
        {props.chat && spokenChat(props.chat)}
      </blockquote>
      <p>{t('chats.deleteText', { room: props.room })}</p>
    </ConfirmDialog>
  )
}
