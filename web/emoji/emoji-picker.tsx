import { lazy, Show, Suspense } from 'solid-js'
import { t } from '../i18n/t.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Floating, type Anchor } from '../ui/floating.tsx'
import type { Align, Side } from '../ui/place.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import './emoji-picker.css'

const EmojiPanel = lazy(() => import('./emoji-panel.tsx'))

export interface EmojiPickerProps {
  anchor: Anchor
  side?: Side
  align?: Align
  /** In the skin tone that is set. It is remembered as a recent one; closing is up to the owner. */
  onPick: (emoji: string) => void
  onClose: () => void
}

/**
 * All emoji to pick from, in a panel beside its anchor; on a phone in a sheet over the page's whole width.
 * Mount it to open it, inside whatever it belongs to; the focus goes back when it is gone. Panel and
 * tables are loaded with the first one.
 */
export function EmojiPicker(props: EmojiPickerProps) {
  // A phone's keyboard makes the window smaller, which closes a floating panel but no dialog.
  const isNarrow = matchMedia('(max-width: 719px)').matches
  const panel = () => (
    <Suspense fallback={<Waiting />}>
      <EmojiPanel onPick={props.onPick} hasFocus={!isNarrow} />
    </Suspense>
  )
  return (
    <Show
      when={isNarrow}
      fallback={
        <Floating
          anchor={props.anchor}
          side={props.side ?? 'above'}
          align={props.align ?? 'end'}
          role="dialog"
          label={t('emoji.title')}
          class="emoji-floating"
          onClose={props.onClose}
        >
          {panel()}
        </Floating>
      }
    >
      <Dialog
        isOpen
        title={t('emoji.title')}
        closeLabel={t('common.close')}
        onClose={props.onClose}
      >
        {panel()}
      </Dialog>
    </Show>
  )
}

function Waiting() {
  return (
    <div class="emoji-panel">
      <Skeleton label={t('common.loading')} rows={6} />
    </div>
  )
}
