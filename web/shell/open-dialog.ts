import { createSignal } from 'solid-js'

/** The dialogs of the frame: at most one is open, from a button, a shortcut or an empty state. */
export type DialogName = 'switcher' | 'create-room' | 'direct' | 'shortcuts'

const [openedDialog, setOpened] = createSignal<DialogName | null>(null)

export { openedDialog }
export const openDialog = (name: DialogName): void => void setOpened(name)
export const closeDialog = (): void => void setOpened(null)
