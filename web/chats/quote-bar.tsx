import { A } from '@solidjs/router'
import type { ChatLinks, Quote } from '../../src/protocol/chats.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { chatPath } from './chat-link.ts'
import './quote-bar.css'

/** Above an answer: whose words it answers, and the way to them. `place` says in which thread, if in one. */
export function QuoteBar(props: {
  quote: Quote
  place: Pick<ChatLinks, 'threadId' | 'inRoom'> & { roomId: string }
  onJump: (seq: number) => void
}) {
  const live = useLive()
  const author = () => live.user(props.quote.sender)
  const isGone = () => props.quote.deletedAt !== null
  const text = () => (isGone() ? t('talk.quoteGone') : plainText(props.quote.message))
  return (
    <A
      class="quote-bar"
      href={chatPath({ ...props.place, seq: props.quote.seq }, live.room(props.place.roomId))}
      onClick={() => props.onJump(props.quote.seq)}
      aria-label={t('talk.quoteOf', { name: author().name, text: text() })}
    >
      <Avatar person={author()} size={20} />
      <span class="quote-author" dir="auto">
        {author().name}
      </span>
      <span class="quote-text" classList={{ 'quote-gone': isGone() }} dir="auto">
        {text()}
      </span>
    </A>
  )
}

/** One run of words: what markup and line ends would need has no room here. */
const plainText = (message: string): string =>
  message.replace(/\s+/g, ' ').replace(/[*_~`]{1,3}(\S(?:.*?\S)?)[*_~`]{1,3}/g, '$1')
