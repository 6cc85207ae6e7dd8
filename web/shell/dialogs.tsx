import { lazy, Match, Suspense, Switch } from 'solid-js'
import { openedDialog } from './open-dialog.ts'

const QuickSwitcher = lazy(() => import('./quick-switcher.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))
const CreateRoomDialog = lazy(() => import('../rooms/create-room-dialog.tsx'))
const DirectDialog = lazy(() => import('../rooms/direct-dialog.tsx'))

/** Loaded when first opened; nothing of them is in the first script. */
export function Dialogs() {
  return (
    <Suspense>
      <Switch>
        <Match when={openedDialog() === 'switcher'}>
          <QuickSwitcher />
        </Match>
        <Match when={openedDialog() === 'shortcuts'}>
          <ShortcutSheet />
        </Match>
        <Match when={openedDialog() === 'create-room'}>
          <CreateRoomDialog />
        </Match>
        <Match when={openedDialog() === 'direct'}>
          <DirectDialog />
        </Match>
      </Switch>
    </Suspense>
  )
}
