import { formatDate, formatTime } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ArrowUp, X } from '../ui/icons.ts'
import { dayOf } from './rows.ts'

export interface NewPillProps {
  count: number
  /** When the first of them was written, if it is loaded. */
  since: string | number | null
  onJump: () => void
  onDismiss: () => void
}

/** Over the start of the list: how much is new, and since when. */
export function NewPill(props: NewPillProps) {
  const text = () =>
    props.since === null
      ? t('chats.newCount', { count: props.count })
      : t('chats.newSince', { count: props.count, when: whenOf(props.since) })
  return (
    <div class="new-pill" role="group" aria-label={text()}>
      <Button small onClick={() => props.onJump()}>
        <ArrowUp />
        {text()}
      </Button>
      <IconButton small label={t('chats.markRead')} onClick={() => props.onDismiss()}>
        <X />
      </IconButton>
    </div>
  )
}

const whenOf = (at: string | number): string =>
  dayOf(at) === dayOf(Date.now()) ? formatTime(at) : formatDate(at)
