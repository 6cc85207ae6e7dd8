import { Show } from 'solid-js'
import { RowFiles } from '../files/chat-files.tsx'
import { LinkCards } from '../links/link-cards.tsx'
import { ThreadLine } from '../threads/thread-line.tsx'
import type { ChatActions } from './chat-actions.ts'
import { FailedLine } from './failed-line.tsx'
import { useMarks } from './marks-context.tsx'
import { ReactionPills } from './reaction-pills.tsx'
import type { Row } from './rows.ts'
import { WaitLine } from './wait-line.tsx'

/**
 * Under a row's text: links, files, reactions, how its sending goes, its thread. Most rows have none
 * of it, and ask for all of it at once: each question of its own takes time whenever a row is made.
 */
export function RowBelow(props: { row: Row; actions: ChatActions }) {
  const marks = useMarks()
  /** Stored, and not taken back. */
  const standing = () => (props.row.chat?.deletedAt === null ? props.row.chat : null)
  /** Its thread stays when it is deleted. */
  const threadedChat = () => ((props.row.chat?.thread?.count ?? 0) > 0 ? props.row.chat : null)
  const hasAny = () => {
    if (props.row.entry !== null || threadedChat() !== null) return true
    const chat = standing()
    if (chat === null) return false
    const { links = [], files = [] } = chat
    return links.length + files.length + marks.reactions(chat).length > 0
  }
  return (
    <Show when={hasAny()}>
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
    </Show>
  )
}
