import { createSignal, Show } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Pane } from '../ui/pane.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ArchiveSection } from './archive-section.tsx'
import { LeaveSection } from './leave-section.tsx'
import './forms.css'

export default function SettingsPanel(props: { room: MyRoom }) {
  const isAdmin = () => props.room.role !== 'member'
  return (
    <Pane label={t('rooms.settingsTitle')} class="panel-body">
      <Show when={props.room.archivedAt === null}>
        <NameAndTopic room={props.room} isAdmin={isAdmin()} />
      </Show>
      <Show when={isAdmin()}>
        <ArchiveSection room={props.room} />
      </Show>
      <LeaveSection room={props.room} />
    </Pane>
  )
}

function NameAndTopic(props: { room: MyRoom; isAdmin: boolean }) {
  const live = useLive()
  // Undefined until touched: what others change meanwhile shows through.
  const [name, setName] = createSignal<string>()
  const [topic, setTopic] = createSignal<string>()
  const changes = () => ({
    ...(name() !== undefined && name() !== props.room.name && { name: name() }),
    ...(topic() !== undefined && topic() !== props.room.topic && { topic: topic() }),
  })
  const isChanged = () => Object.keys(changes()).length > 0

  const submit = createSubmit(async () => {
    if (!isChanged()) return
    const { room } = await call(
      api.rooms[':roomId'].$patch({ param: { roomId: props.room.id }, json: changes() }),
    )
    live.updateRoom(room)
    setName(undefined)
    setTopic(undefined)
    toasts.show(t('rooms.changed'))
  }, ['name', 'topic'])

  return (
    <form class="form" onSubmit={submit.run} novalidate>
      <TextField
        label={t('rooms.name')}
        name="name"
        autocomplete="off"
        maxlength={limits.nameChars}
        disabled={!props.isAdmin}
        hint={props.isAdmin ? undefined : t('rooms.onlyAdmins')}
        value={name() ?? props.room.name}
        onText={setName}
        error={submit.field('name')}
      />
      <TextField
        label={t('rooms.topic')}
        name="topic"
        autocomplete="off"
        maxlength={limits.topicChars}
        hint={t('rooms.topicHint')}
        value={topic() ?? props.room.topic}
        onText={setTopic}
        error={submit.field('topic')}
      />
      <FormProblem text={submit.problem()} />
      <Button kind="primary" type="submit" busy={submit.busy()} disabled={!isChanged()}>
        {t('rooms.saveChanges')}
      </Button>
    </form>
  )
}
