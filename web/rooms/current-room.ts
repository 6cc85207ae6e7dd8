import { createRoot, createSelector, createSignal, onCleanup } from 'solid-js'

const [currentRoomId, setCurrent] = createSignal<string | undefined>()

/** The room that the page shows. */
export { currentRoomId }

/** Makes `id` the current room while the calling component is there. */
export function makeCurrentRoom(id: string): void {
  setCurrent(id)
  onCleanup(() => setCurrent((current) => (current === id ? undefined : current)))
}

/** Whether it is that one. Of hundreds that ask, only the room that is left and the one that is opened hear of a change. */
export const isCurrentRoom = createRoot(() => createSelector(currentRoomId))
