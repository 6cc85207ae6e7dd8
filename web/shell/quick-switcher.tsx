import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import { asApiError } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { useOpenDirect } from '../rooms/open-direct.ts'
import { createPeopleSearch } from '../rooms/people-search.ts'
import { recentRooms } from '../rooms/recent-rooms.ts'
import { badgeOf, isWaiting, roomPath, roomTitle } from '../rooms/room-state.ts'
import { toasts } from '../toasts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { closeDialog } from './open-dialog.ts'
import { presenceOf } from './presence-of.ts'
import { RoomIcon } from './room-link.tsx'
import { switcherChoices, type Choice } from './switcher-choices.ts'
import './quick-switcher.css'

/** Ctrl+K: type a little of where to go. The focus stays in the field; the arrows move the choice. */
export default function QuickSwitcher() {
  const live = useLive()
  const navigate = useNavigate()
  const openDirect = useOpenDirect()
  const search = createPeopleSearch()
  const list = createUniqueId()
  const [chosen, setChosen] = createSignal(0)
  // As it was when the switcher opened: it is about to change.
  const trail = { here: currentRoomId(), recent: recentRooms(live.me().id) }
  const choices = createMemo(() =>
    switcherChoices(search.query(), live.rooms(), search.people(), trail),
  )
  createEffect(on(search.query, () => setChosen(0)))
  const at = () => Math.min(chosen(), choices().length - 1)

  const go = (choice: Choice | undefined) => {
    if (!choice) return
    closeDialog()
    if (choice.type === 'room') navigate(roomPath(choice.room))
    else
      openDirect([choice.user.id]).catch((caught: unknown) =>
        toasts.show(errorText(asApiError(caught)), { kind: 'failed' }),
      )
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const count = choices().length
    if (event.key === 'Enter') go(choices()[at()])
    else if (event.key === 'ArrowDown') setChosen((at() + 1) % Math.max(1, count))
    else if (event.key === 'ArrowUp') setChosen((at() - 1 + count) % Math.max(1, count))
    else return
    event.preventDefault()
    event.stopPropagation()
    document.getElementById(`${list}-${at()}`)?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <Dialog isOpen onClose={closeDialog} title={t('shell.switcher')} closeLabel={t('common.close')}>
      <div class="switcher">
        <input
          class="input"
          type="text"
          role="combobox"
          autofocus
          autocomplete="off"
          spellcheck={false}
          aria-label={t('shell.switcherHint')}
          placeholder={t('shell.switcherHint')}
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={choices().length > 0 ? `${list}-${at()}` : undefined}
          value={search.query()}
          onInput={(event) => search.setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <ul class="switcher-list" role="listbox" id={list} aria-label={t('shell.switcher')}>
          <For each={choices()}>
            {(choice, index) => (
              <li
                id={`${list}-${index()}`}
                class="switcher-choice"
                role="option"
                aria-selected={index() === at()}
                onPointerMove={() => setChosen(index())}
                onClick={() => go(choice)}
              >
                <ChoiceLine choice={choice} />
              </li>
            )}
          </For>
        </ul>
        <Show when={choices().length === 0 && search.query() !== '' && !search.loading()}>
          <p class="panel-note" role="status">
            {t('shell.switcherEmpty', { query: search.query() })}
          </p>
        </Show>
        <p class="switcher-keys" aria-hidden="true">
          {t('shell.switcherKeys')}
        </p>
      </div>
    </Dialog>
  )
}

function ChoiceLine(props: { choice: Choice }) {
  const live = useLive()
  const room = () => (props.choice.type === 'room' ? props.choice.room : undefined)
  const user = () => (props.choice.type === 'person' ? props.choice.user : undefined)
  return (
    <>
      <Show when={room()}>
        {(mine) => (
          <>
            <RoomIcon room={mine()} />
            <span class="switcher-name" classList={{ unread: isWaiting(mine()) }}>
              {roomTitle(mine())}
            </span>
            <Show when={badgeOf(mine()) > 0}>
              <Badge kind="accent" label={`, ${t('shell.badge', { count: badgeOf(mine()) })}`}>
                {badgeOf(mine())}
              </Badge>
            </Show>
          </>
        )}
      </Show>
      <Show when={user()}>
        {(person) => (
          <>
            <span class="room-icon">
              <Avatar person={person()} size={20} presence={presenceOf(live, person().id)} />
            </span>
            <span class="switcher-name">{person().name}</span>
            <span class="switcher-kind">@{person().handle}</span>
          </>
        )}
      </Show>
    </>
  )
}
