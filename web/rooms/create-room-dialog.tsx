import { useNavigate } from '@solidjs/router'
import { createSignal, createUniqueId } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { closeDialog } from '../shell/open-dialog.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { SegmentedControl } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Hash, Lock } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import { roomPath } from './room-state.ts'
import './forms.css'

export default function CreateRoomDialog() {
  const live = useLive()
  const navigate = useNavigate()
  const form = createUniqueId()
  const [name, setName] = createSignal('')
  const [topic, setTopic] = createSignal('')
  const [kind, setKind] = createSignal<'public' | 'private'>('public')

  const submit = createSubmit(async () => {
    const json = { name: name(), topic: topic(), kind: kind() }
    const { room } = await call(api.rooms.$post({ json }))
    live.addRoom(room)
    closeDialog()
    navigate(roomPath(room))
  }, ['name', 'topic'])

  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={t('rooms.createTitle')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={closeDialog}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={submit.busy()}>
            {t('rooms.create')}
          </Button>
        </>
      }
    >
      <form id={form} class="form" onSubmit={submit.run} novalidate>
        <TextField
          label={t('rooms.name')}
          name="name"
          hint={t('rooms.nameHint')}
          maxlength={limits.nameChars}
          autocomplete="off"
          autofocus
          required
          value={name()}
          onText={setName}
          error={submit.field('name')}
        />
        <TextField
          label={t('rooms.topicOptional')}
          name="topic"
          hint={t('rooms.topicHint')}
          maxlength={limits.topicChars}
          autocomplete="off"
          value={topic()}
          onText={setTopic}
          error={submit.field('topic')}
        />
        <div class="form-group">
          <SegmentedControl
            label={t('rooms.kind')}
            options={[
              { value: 'public', label: t('rooms.kindPublic'), icon: <Hash /> },
              { value: 'private', label: t('rooms.kindPrivate'), icon: <Lock /> },
            ]}
            value={kind()}
            onChoose={setKind}
          />
          <p class="form-hint" role="status">
            {kind() === 'public' ? t('rooms.kindPublicText') : t('rooms.kindPrivateText')}
          </p>
        </div>
        <FormProblem text={submit.problem()} />
      </form>
    </Dialog>
  )
}
