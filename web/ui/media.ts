import { createSignal, onCleanup, type Accessor } from 'solid-js'

/** Whether a media query holds, for as long as the owner lives. */
export function createMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  const change = () => setMatches(media.matches)
  media.addEventListener('change', change)
  onCleanup(() => media.removeEventListener('change', change))
  return matches
}

/** One pane at a time: a phone, or as narrow as one. */
export const createNarrow = (): Accessor<boolean> => createMedia('(max-width: 719px)')

/** Fingers do what a mouse and keys do elsewhere. */
export const createTouch = (): Accessor<boolean> => createMedia('(pointer: coarse)')
