import { createSignal, type Accessor } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'

export interface Shown {
  /** The pictures to walk through, and where to begin. */
  files: readonly StoredFile[]
  at: number
}

const [shown, setShown] = createSignal<Shown | null>(null)

/** What is shown large; the frame mounts it, so that no row which scrolls away takes it along. */
export const shownLarge: Accessor<Shown | null> = shown

/** Shows one of these pictures large, the others beside it. */
export const openLightbox = (files: readonly StoredFile[], fileId: string): void => {
  const at = files.findIndex(({ id }) => id === fileId)
  if (at >= 0) setShown({ files, at })
}
export const closeLightbox = (): void => void setShown(null)
