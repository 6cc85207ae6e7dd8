import { createEffect, For, Match, Show, Switch } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { presenceOf } from '../shell/presence-of.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Hash, Lock, Users } from '../ui/icons.ts'
import type { Choice } from './choices.ts'
import type { Completion } from './create-completion.ts'
import './completion-list.css'

/** What can be put in the place of what is typed, above the field. The focus stays in the field. */
export function CompletionList(props: { completion: Completion }) {
  let list: HTMLUListElement | undefined
  createEffect(() => {
    const option = list?.children[props.completion.chosen()]
    option?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <Show when={props.completion.choices().length > 0}>
      <ul
        ref={(element) => (list = element)}
        class="completion"
        role="listbox"
        id={props.completion.listId}
        aria-label={t('compose.suggestions')}
        // The focus stays where one writes.
        onPointerDown={(event) => event.preventDefault()}
      >
        <For each={props.completion.choices()}>
          {(choice, at) => (
            <li
              id={props.completion.optionId(at())}
              class="completion-choice"
              role="option"
              aria-selected={at() === props.completion.chosen()}
              onPointerMove={() => props.completion.point(at())}
              onClick={() => props.completion.choose(at())}
            >
              <ChoiceLine choice={choice} />
            </li>
          )}
        </For>
      </ul>
      <span class="visually-hidden" role="status">
        {t('compose.suggestionCount', { count: props.completion.choices().length })}
      </span>
    </Show>
  )
}

function ChoiceLine(props: { choice: Choice }) {
  const live = useLive()
  const as = <Type extends Choice['type']>(type: Type) =>
    // The type was just looked at.
    props.choice.type === type ? (props.choice as Extract<Choice, { type: Type }>) : undefined
  return (
    <Switch>
      <Match when={as('person')}>
        {(choice) => (
          <>
            <Avatar
              person={live.user(choice().user)}
              size={20}
              presence={presenceOf(live, choice().user.id)}
            />
            <span class="completion-name" dir="auto">
              {live.user(choice().user).name}
            </span>
            <span class="completion-more" dir="ltr">
              @{choice().user.handle}
            </span>
            <Show when={!choice().isMember}>
              <span class="completion-note">{t('compose.notInRoom')}</span>
            </Show>
          </>
        )}
      </Match>
      <Match when={as('everyone')}>
        {(choice) => (
          <>
            <span class="completion-sign">
              <Users />
            </span>
            <span class="completion-name" dir="ltr">
              @{choice().who}
            </span>
            <span class="completion-more">
              {t(choice().who === 'room' ? 'compose.everyoneRoom' : 'compose.everyoneHere')}
            </span>
          </>
        )}
      </Match>
      <Match when={as('room')}>
        {(choice) => (
          <>
            <span class="completion-sign">
              {choice().room.kind === 'private' ? <Lock /> : <Hash />}
            </span>
            <span class="completion-name" dir="auto">
              {choice().room.name}
            </span>
          </>
        )}
      </Match>
      <Match when={as('emoji')}>
        {(choice) => (
          <>
            <span class="completion-sign completion-emoji" aria-hidden="true">
              {choice().emoji}
            </span>
            <span class="completion-name" dir="ltr">
              :{choice().code}:
            </span>
            <span class="completion-more" dir="auto">
              {choice().name}
            </span>
          </>
        )}
      </Match>
    </Switch>
  )
}
