import { Show, type JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Bookmark, MessageSquareText, Pin } from '../ui/icons.ts'
import type { ChatActions } from './chat-actions.ts'
import { knownPeople } from './names.ts'
import type { Row } from './rows.ts'

/** Above a chat: that it is pinned, kept for later, or said in a thread as well. */
export function RowMarks(props: { row: Row; actions: ChatActions }) {
  const live = useLive()
  const standing = () => (props.row.chat?.deletedAt === null ? props.row.chat : null)
  const isReply = () => props.row.chat?.threadId !== undefined
  const pinner = () => {
    const pinned = standing()?.pinned
    return pinned && knownPeople(live, [pinned.userId])[0]
  }
  const isSaved = () => {
    const chat = standing()
    return chat !== null && props.actions.isSaved(chat)
  }
  // Asked at once: most rows have none.
  const hasAny = () => isReply() || standing()?.pinned !== undefined || isSaved()
  return (
    <Show when={hasAny()}>
      <Show when={props.actions.openThread && isReply() && props.row.chat}>
        {(chat) => (
          <Mark icon={<MessageSquareText />}>
            <button type="button" onClick={() => props.actions.openThread?.(chat())}>
              {t('talk.fromThread')}
            </button>
          </Mark>
        )}
      </Show>
      <Show when={standing()?.pinned}>
        <Mark icon={<Pin />}>
          <span>{t('talk.pinnedBy', { name: pinner()?.name ?? '' })}</span>
        </Mark>
      </Show>
      <Show when={isSaved()}>
        <Mark icon={<Bookmark />}>{t('talk.savedMark')}</Mark>
      </Show>
    </Show>
  )
}

function Mark(props: { icon: JSX.Element; children: JSX.Element }) {
  return (
    <div class="chat-mark">
      <span class="chat-mark-icon" aria-hidden="true">
        {props.icon}
      </span>
      {props.children}
    </div>
  )
}
