import { useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { forgetRoom } from './last-room.ts'

export function LeaveSection(props: { room: MyRoom }) {
  const live = useLive()
  const navigate = useNavigate()
  const [asks, setAsks] = createSignal(false)
  const leave = createSubmit(async () => {
    const { id, name } = props.room
    await call(api.rooms[':roomId'].leave.$post({ param: { roomId: id } }))
    forgetRoom()
    navigate('/')
    live.removeRoom(id)
    toasts.show(t('rooms.left', { room: name }))
  })
  return (
    <section class="panel-section">
      <Button onClick={() => setAsks(true)}>{t('rooms.leave')}</Button>
      <ConfirmDialog
        isOpen={asks()}
        onClose={() => setAsks(false)}
        title={t('rooms.leaveTitle', { room: props.room.name })}
        closeLabel={t('common.close')}
        cancelLabel={t('common.cancel')}
        confirmLabel={t('rooms.leaveConfirm', { room: props.room.name })}
        onConfirm={leave.run}
        busy={leave.busy()}
        error={leave.problem()}
      >
        <p>
          {props.room.kind === 'public' ? t('rooms.leavePublicText') : t('rooms.leavePrivateText')}
        </p>
      </ConfirmDialog>
    </section>
  )
}
