import { createSignal, onCleanup } from 'solid-js'

const [currentRoomId, setCurrent] = createSignal<string | undefined>()

/** The room that the page shows. */
export { currentRoomId }

/** Makes `id` the current room while the calling component is there. */
export function makeCurrentRoom(id: string): void {
  setCurrent(id)
  onCleanup(() => setCurrent((current) => (current === id ? undefined : current)))
}
