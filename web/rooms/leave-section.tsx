import { createSignal } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { Button } from '../ui/button.tsx'
import { LeaveDialog } from './leave-dialog.tsx'

export function LeaveSection(props: { room: MyRoom }) {
  const [asks, setAsks] = createSignal(false)
  return (
    <section class="panel-section">
      <Button onClick={() => setAsks(true)}>{t('rooms.leave')}</Button>
      <LeaveDialog room={props.room} isOpen={asks()} onClose={() => setAsks(false)} />
    </section>
  )
}
