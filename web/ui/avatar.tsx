import { createSignal, For, onCleanup, Show } from 'solid-js'
import { initials } from './initials.ts'
import './avatar.css'

export type Person = {
  name: string
  avatarColor: number
  /** Their picture, if they have one. */
  avatarId?: string | undefined
}
export type AvatarSize = 20 | 28 | 36 | 48 | 64

export type AvatarProps = {
  person: Person
  size?: AvatarSize
  /** A dot with these words for screen readers; none for `offline`. */
  presence?: { status: 'online' | 'away' | 'offline'; label: string } | undefined
}

/** Decoration beside a name, which says who it is; only presence has words of its own. */
export function Avatar(props: AvatarProps) {
  return (
    <span class={`avatar avatar-${props.size ?? 36}`}>
      <Face person={props.person} />
      <Show when={props.presence?.status !== 'offline' && props.presence}>
        {(presence) => (
          <span class={`presence presence-${presence().status}`}>
            <span class="visually-hidden">{presence().label}</span>
          </span>
        )}
      </Show>
    </span>
  )
}

function Face(props: { person: Person }) {
  return (
    <span class={`avatar-face avatar-color-${props.person.avatarColor % 12}`} aria-hidden="true">
      {initials(props.person.name)}
      <Show when={props.person.avatarId} keyed>
        {(id) => <Portrait id={id} />}
      </Show>
    </span>
  )
}

/** Those that have been seen on this page: shown at once, with no initials flashing up under them. */
const seen = new Set<string>()
/** By then a line that came back has renewed what lets pictures in. */
const againMs = 4_000

/** Over the initials, which are seen until it has come, and where it does not. */
function Portrait(props: { id: string }) {
  const [state, setState] = createSignal<'coming' | 'here' | 'failed'>(
    seen.has(props.id) ? 'here' : 'coming',
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const onError = () => {
    setState('failed')
    // One more try, then the initials stay until it is shown anew.
    timer ??= setTimeout(() => setState('coming'), againMs)
  }
  return (
    <Show when={state() !== 'failed'}>
      <img
        class="avatar-picture"
        classList={{ 'avatar-coming': state() === 'coming' }}
        src={`/api/files/${props.id}/thumb`}
        alt=""
        draggable={false}
        onLoad={() => {
          seen.add(props.id)
          setState('here')
        }}
        onError={onError}
      />
    </Show>
  )
}

/** A direct room of more than two: two faces, and how many others behind them. */
export function GroupAvatar(props: { people: readonly Person[]; size?: AvatarSize }) {
  const more = () => props.people.length - 2
  return (
    <span class={`avatar avatar-group avatar-${props.size ?? 36}`} aria-hidden="true">
      <For each={props.people.slice(0, 2)}>{(person) => <Face person={person} />}</For>
      <Show when={more() > 0 && (props.size ?? 36) >= 36}>
        <span class="avatar-more">+{more()}</span>
      </Show>
    </span>
  )
}
