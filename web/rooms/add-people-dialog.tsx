import { createSignal, For, Show } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextField } from '../ui/text-field.tsx'
import { createPeopleSearch } from './people-search.ts'
import { PersonLine } from './person-line.tsx'

export default function AddPeopleDialog(props: {
  room: MyRoom
  memberIds: ReadonlySet<string>
  onAdded: () => void
  onClose: () => void
}) {
  const search = createPeopleSearch()
  const [problem, setProblem] = createSignal<string>()
  const [busyId, setBusyId] = createSignal<string>()

  const add = async (user: User) => {
    setProblem(undefined)
    setBusyId(user.id)
    try {
      await call(
        api.rooms[':roomId'].members.$post({
          param: { roomId: props.room.id },
          json: { userId: user.id },
        }),
      )
      props.onAdded()
    } catch (caught) {
      setProblem(errorText(asApiError(caught)))
    } finally {
      setBusyId(undefined)
    }
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t('rooms.addTitle', { room: props.room.name })}
      closeLabel={t('common.close')}
    >
      <TextField
        label={t('rooms.directSearch')}
        type="search"
        autofocus
        value={search.query()}
        onText={search.setQuery}
      />
      <FormProblem text={problem() ?? search.problem()} />
      <ul class="people-list" aria-label={t('rooms.directPeople')}>
        <For each={search.people()}>
          {(user) => (
            <li class="member-row">
              <PersonLine user={user} />
              <Show
                when={!props.memberIds.has(user.id)}
                fallback={<Badge>{t('rooms.alreadyIn')}</Badge>}
              >
                <Button
                  small
                  busy={busyId() === user.id}
                  aria-label={t('rooms.addPerson', { name: user.name })}
                  onClick={() => void add(user)}
                >
                  {t('rooms.add')}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={search.people().length === 0 && !search.loading()}>
        <p class="panel-note">
          {search.query()
            ? t('rooms.directEmpty', { query: search.query() })
            : t('rooms.directAlone')}
        </p>
      </Show>
    </Dialog>
  )
}
