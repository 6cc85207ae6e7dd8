import { createEffect, createSignal } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import { spokenChat } from '../files/spoken-chat.ts'
import { useLive, type Timeline } from '../live/index.ts'
import { eventText } from './event-text.ts'

/**
 * Reads out what others say while the room is open. Apart from the list: its rows come and go with
 * scrolling, and would be read out each time.
 */
export function Announcer(props: {
  timeline: Pick<Timeline, 'chats' | 'hasAfter'>
  /** What stays in a thread is read out there. */
  shows?: (chat: Chat) => boolean
}) {
  const live = useLive()
  const [text, setText] = createSignal('')
  let heard: number | null = null

  createEffect(() => {
    const last = props.timeline.chats().at(-1)
    if (!last || props.timeline.hasAfter()) return
    const follows = heard !== null && props.timeline.chats().at(-2)?.seq === heard
    const isNews = follows && last.sender.id !== live.me().id
    heard = last.seq
    if (isNews && (props.shows ?? isInMainLine)(last))
      setText(spoken(last, live.user(last.sender).name))
  })
  return (
    <div class="visually-hidden" aria-live="polite">
      {text()}
    </div>
  )
}

const spoken = (chat: Chat, name: string): string =>
  chat.event ? eventText(chat.event, name) : `${name}: ${spokenChat(chat)}`
