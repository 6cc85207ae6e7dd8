import { useNavigate } from '@solidjs/router'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { currentRoomId } from './current-room.ts'
import { forgetRoom } from './last-room.ts'

/** Asks before I leave a room, and names what that means. */
export function LeaveDialog(props: { room: MyRoom; isOpen: boolean; onClose: () => void }) {
  const live = useLive()
  const navigate = useNavigate()
  const leave = createSubmit(async () => {
    const { id, name } = props.room
    await call(api.rooms[':roomId'].leave.$post({ param: { roomId: id } }))
    if (currentRoomId() === id) {
      forgetRoom()
      navigate('/')
    }
    props.onClose()
    live.removeRoom(id)
    toasts.show(t('rooms.left', { room: name }))
  })
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      onClose={props.onClose}
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
  )
}
