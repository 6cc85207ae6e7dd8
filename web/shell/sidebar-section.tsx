import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { useLive } from '../live/index.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { badgeOf, isUnread } from '../rooms/room-state.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { ChevronDown } from '../ui/icons.ts'
import { RoomLink } from './room-link.tsx'

/** A part of the sidebar that folds; folded it still shows what waits for me, and where I am. */
export function SidebarSection(props: {
  id: string
  title: string
  rooms: readonly MyRoom[]
  empty: string
  actions: JSX.Element
  /** After the last room. */
  more?: JSX.Element
}) {
  const live = useLive()
  const key = `parley.folded.${props.id}`
  const [folded, setFolded] = createSignal(localStorage.getItem(key) === 'true')
  const toggle = () => {
    setFolded(!folded())
    localStorage.setItem(key, String(folded()))
  }

  // Rows are keyed by id: a room object is replaced on each change, its row is not.
  const shown = createMemo(() =>
    props.rooms
      .filter(
        (room) => !folded() || isUnread(room) || badgeOf(room) > 0 || room.id === currentRoomId(),
      )
      .map((room) => room.id),
  )

  return (
    <section class="sidebar-section" aria-labelledby={`section-${props.id}`}>
      <div class="sidebar-section-head">
        <button
          type="button"
          class="sidebar-fold"
          classList={{ folded: folded() }}
          aria-expanded={!folded()}
          onClick={toggle}
        >
          <ChevronDown aria-hidden="true" />
          <span id={`section-${props.id}`}>{props.title}</span>
        </button>
        {props.actions}
      </div>
      <ul>
        <For each={shown()}>
          {(id) => <Show when={live.room(id)}>{(room) => <RoomLink room={room()} />}</Show>}
        </For>
      </ul>
      <Show when={props.rooms.length === 0}>
        <p class="sidebar-note">{props.empty}</p>
      </Show>
      {props.more}
    </section>
  )
}
