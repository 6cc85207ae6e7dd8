import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createPeopleSearch } from '../rooms/people-search.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { presenceOf } from '../shell/presence-of.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/button.tsx'
import { Search, X } from '../ui/icons.ts'
import { choicesFor, type Choice } from './completions.ts'
import { completed, completionAt, type Completion } from './search-text.ts'

export interface SearchFieldHandle {
  /** Puts a text in, with the caret where it is told. */
  edit: (text: string, caret: number) => void
  focus: () => void
}

/**
 * The line of the search. The focus stays in it: the arrows move through what it completes, and where
 * it completes nothing, through the results.
 */
export function SearchField(props: {
  text: string
  /** With the part that a list could finish, if the caret is at one. */
  onText: (text: string, begun: Completion | null) => void
  /** The list of results, and the one that is chosen. */
  resultsId: string
  chosenId: string | undefined
  onMove: (by: 1 | -1) => void
  onOpen: () => void
  onLeave: () => void
  ref: (handle: SearchFieldHandle) => void
}) {
  const live = useLive()
  const people = createPeopleSearch()
  const listId = createUniqueId()
  const [completion, setCompletion] = createSignal<Completion | null>(null)
  const [chosen, setChosen] = createSignal(0)
  let input: HTMLInputElement | undefined

  createEffect(
    on(completion, (now) => {
      setChosen(0)
      if (now?.type === 'from') people.setQuery(now.typed)
    }),
  )
  const choices = createMemo(() => {
    const begun = completion()
    return begun ? choicesFor(begun, live.rooms(), people.people()) : []
  })
  const isOpen = () => choices().length > 0
  const at = () => Math.min(chosen(), choices().length - 1)

  const look = () => {
    const caret = input?.selectionStart ?? 0
    setCompletion(input && caret === input.selectionEnd ? completionAt(input.value, caret) : null)
    props.onText(input?.value ?? '', completion())
  }
  const dismiss = () => {
    setCompletion(null)
    props.onText(input?.value ?? '', null)
  }
  const edit = (text: string, caret: number) => {
    if (!input) return
    input.value = text
    input.focus()
    input.setSelectionRange(caret, caret)
    look()
  }
  const take = (choice: Choice | undefined) => {
    const begun = completion()
    if (!begun || !choice) return
    const next = completed(props.text, begun, choice.value)
    edit(next.text, next.caret)
  }
  props.ref({ edit, focus: () => input?.select() })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (step !== null && isOpen()) {
      setChosen((at() + step + choices().length) % choices().length)
    } else if (step !== null) props.onMove(step)
    else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && isOpen())
      take(choices()[at()])
    else if (event.key === 'Enter') props.onOpen()
    else if (event.key === 'Escape' && isOpen()) dismiss()
    else if (event.key === 'Escape' && !event.shiftKey) props.onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class="search-field">
      <Search />
      <input
        ref={(element) => (input = element)}
        class="input"
        type="text"
        role="combobox"
        inputmode="search"
        enterkeyhint="search"
        autofocus
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="auto"
        maxlength={500}
        aria-label={t('search.field')}
        placeholder={t('search.field')}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded={isOpen()}
        aria-controls={isOpen() ? listId : props.resultsId}
        aria-activedescendant={isOpen() ? `${listId}-${at()}` : props.chosenId}
        value={props.text}
        onInput={look}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => /^(?:ArrowLeft|ArrowRight|Home|End)$/.test(event.key) && look()}
        onClick={look}
        onBlur={dismiss}
      />
      <Show when={props.text !== ''}>
        <IconButton small label={t('search.clear')} onClick={() => edit('', 0)}>
          <X />
        </IconButton>
      </Show>
      <Show when={isOpen()}>
        <ul class="search-choices" role="listbox" id={listId} aria-label={t('search.choices')}>
          <For each={choices()}>
            {(choice, index) => (
              <li
                id={`${listId}-${index()}`}
                class="search-choice"
                role="option"
                aria-selected={index() === at()}
                onPointerMove={() => setChosen(index())}
                // The field keeps the focus.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(choice)}
              >
                <ChoiceLine choice={choice} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  )
}

function ChoiceLine(props: { choice: Choice }) {
  const live = useLive()
  const user = () =>
    props.choice.type === 'person'
      ? props.choice.user
      : props.choice.type === 'me'
        ? live.me()
        : undefined
  const room = () => (props.choice.type === 'room' ? props.choice.room : undefined)
  return (
    <>
      <Show when={user()}>
        {(person) => (
          <>
            <Avatar person={person()} size={20} presence={presenceOf(live, person().id)} />
            <span class="search-choice-name" dir="auto">
              {person().name}
            </span>
          </>
        )}
      </Show>
      <Show when={room()}>
        {(mine) => (
          <>
            <RoomIcon room={mine()} />
            <span class="search-choice-name" dir="auto">
              {roomTitle(mine())}
            </span>
          </>
        )}
      </Show>
      <span class="search-choice-value" dir="ltr">
        {props.choice.value}
      </span>
    </>
  )
}
