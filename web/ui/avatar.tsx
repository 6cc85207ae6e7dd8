import { For, Show } from 'solid-js'
import { initials } from './initials.ts'
import './avatar.css'

export type Person = { name: string; avatarColor: number }
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
    </span>
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
