import { createSignal, For, Show } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import type { User } from '../../src/protocol/users.ts'
import { t } from '../i18n/t.ts'
import { closeDialog } from '../shell/open-dialog.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Check, X } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import { useOpenDirect } from './open-direct.ts'
import { createPeopleSearch } from './people-search.ts'
import { PersonLine } from './person-line.tsx'
import './forms.css'

const most = limits.directMembers - 1

/** Chooses who a direct message is for. */
export default function DirectDialog() {
  const openDirect = useOpenDirect()
  const search = createPeopleSearch()
  const [picked, setPicked] = createSignal<readonly User[]>([])
  const isPicked = (user: User) => picked().some((other) => other.id === user.id)
  const isFull = () => picked().length >= most

  const toggle = (user: User) =>
    setPicked((all) =>
      isPicked(user) ? all.filter((other) => other.id !== user.id) : [...all, user],
    )
  const submit = createSubmit(async () => {
    await openDirect(picked().map((user) => user.id))
    closeDialog()
  })
  const empty = () =>
    search.query() ? t('rooms.directEmpty', { query: search.query() }) : t('rooms.directAlone')

  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={t('rooms.directTitle')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={closeDialog}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            busy={submit.busy()}
            disabled={picked().length === 0}
            onClick={submit.run}
          >
            {t('rooms.directOpen')}
          </Button>
        </>
      }
    >
      <Show when={picked().length > 0}>
        <ul class="picked" aria-label={t('rooms.directPicked')}>
          <For each={picked()}>
            {(user) => (
              <li>
                <button
                  type="button"
                  class="picked-person"
                  aria-label={t('rooms.removePicked', { name: user.name })}
                  onClick={() => toggle(user)}
                >
                  {user.name}
                  <X />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <TextField
        label={t('rooms.directSearch')}
        type="search"
        autofocus
        value={search.query()}
        onText={search.setQuery}
      />
      <Show when={isFull()}>
        <p class="form-hint" role="status">
          {t('rooms.directFull', { count: most })}
        </p>
      </Show>
      <FormProblem text={submit.problem() ?? search.problem()} />
      <ul class="people-list" aria-label={t('rooms.directPeople')}>
        <For each={search.people()}>
          {(user) => (
            <li>
              <button
                type="button"
                class="person-choice"
                aria-pressed={isPicked(user)}
                disabled={isFull() && !isPicked(user)}
                onClick={() => toggle(user)}
              >
                <PersonLine user={user} />
                <Show when={isPicked(user)}>
                  <Check />
                </Show>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={search.people().length === 0 && !search.loading()}>
        <p class="panel-note">{empty()}</p>
      </Show>
    </Dialog>
  )
}
