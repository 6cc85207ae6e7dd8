import { createMemo, onMount } from 'solid-js'
import type { Everyone } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'
import type { RoomPeople } from './room-people.ts'

export interface EveryoneDialogProps {
  who: Everyone
  room: MyRoom
  people: RoomPeople
  onSend: () => void
  onClose: () => void
}

/** Says how many a chat would call, before it does. */
export default function EveryoneDialog(props: EveryoneDialogProps) {
  const live = useLive()
  onMount(() => props.who === 'here' && props.people.load())
  const isOther = (id: string): boolean => id !== live.me().id
  /** Null as long as it is not known, which it never is in a very large room. */
  const count = createMemo((): number | null => {
    if (props.who === 'room') return props.room.memberCount - 1
    if (!props.people.isComplete()) return null
    return props.people.members().filter(({ id }) => isOther(id) && live.presence(id) === 'online')
      .length
  })
  const title = (): string => {
    const known = count()
    return known === null ? t('compose.askHereTitle') : t('compose.askTitle', { count: known })
  }
  return (
    <ConfirmDialog
      isOpen
      title={title()}
      closeLabel={t('common.close')}
      confirmLabel={t('chats.send')}
      cancelLabel={t('compose.askDont')}
      danger={false}
      onConfirm={() => props.onSend()}
      onClose={() => props.onClose()}
    >
      <p>
        {t(props.who === 'room' ? 'compose.askRoom' : 'compose.askHere', {
          room: roomTitle(props.room),
        })}
      </p>
    </ConfirmDialog>
  )
}
