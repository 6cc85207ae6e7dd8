import { t } from '../i18n/t.ts'
import { Button } from '../ui/button.tsx'
import { ArrowDown } from '../ui/icons.ts'

/** Over the end of the list while the reader is further up. */
export function JumpPill(props: { unread: number; onJump: () => void }) {
  return (
    <div class="jump-pill" classList={{ 'jump-pill-new': props.unread > 0 }}>
      <Button small onClick={() => props.onJump()}>
        <ArrowDown />
        {props.unread > 0 ? t('chats.newCount', { count: props.unread }) : t('chats.toLatest')}
      </Button>
    </div>
  )
}
