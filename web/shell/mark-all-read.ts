import { t } from '../i18n/t.ts'
import type { Live } from '../live/index.ts'
import { toasts } from '../toasts.ts'

/** Marks all rooms read, with a way back for as long as the toast is there. */
export function markAllRead(live: Live): void {
  const marks = live.markAllRead()
  if (!marks) return
  // Whoever closes the page has not undone it.
  addEventListener('pagehide', marks.tell)
  toasts.show(t('shell.allRead', { count: marks.count }), {
    action: { label: t('shell.undo'), run: marks.undo },
    onGone: () => {
      removeEventListener('pagehide', marks.tell)
      marks.tell()
    },
  })
}
