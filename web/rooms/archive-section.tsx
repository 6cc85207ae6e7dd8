import { createSignal, Show } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'

/** Closes the room for writing, or opens it again. */
export function ArchiveSection(props: { room: MyRoom }) {
  const live = useLive()
  const [asks, setAsks] = createSignal(false)
  const isArchived = () => props.room.archivedAt !== null
  const change = createSubmit(async () => {
    const json = { archived: !isArchived() }
    const { room } = await call(
      api.rooms[':roomId'].$patch({ param: { roomId: props.room.id }, json }),
    )
    live.updateRoom(room)
    setAsks(false)
  })
  return (
    <section class="panel-section">
      <Show
        when={isArchived()}
        fallback={
          <>
            <p>{t('rooms.archiveText')}</p>
            <Button onClick={() => setAsks(true)}>{t('rooms.archive')}</Button>
          </>
        }
      >
        <p>{t('rooms.unarchiveText')}</p>
        <FormProblem text={change.problem()} />
        <Button busy={change.busy()} onClick={change.run}>
          {t('rooms.unarchive')}
        </Button>
      </Show>
      <ConfirmDialog
        isOpen={asks()}
        onClose={() => setAsks(false)}
        title={t('rooms.archiveTitle', { room: props.room.name })}
        closeLabel={t('common.close')}
        cancelLabel={t('common.cancel')}
        confirmLabel={t('rooms.archiveConfirm')}
        onConfirm={change.run}
        busy={change.busy()}
        error={change.problem()}
      >
        <p>{t('rooms.archiveConfirmText', { count: props.room.memberCount })}</p>
      </ConfirmDialog>
    </section>
  )
}
