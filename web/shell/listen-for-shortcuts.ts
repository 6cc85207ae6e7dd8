import { useNavigate } from '@solidjs/router'
import { onCleanup, onMount } from 'solid-js'
import { useLive } from '../live/index.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { neighbour, roomPath } from '../rooms/room-state.ts'
import { useOpenSearch } from '../search/open-search.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { arrange } from './arrangement.ts'
import { markAllRead } from './mark-all-read.ts'
import { openDialog, openedDialog } from './open-dialog.ts'
import { shortcutOf } from './shortcuts.ts'

/** Answers the frame's shortcuts. A key that something nearer has used (a menu, an edit) is left to it. */
export function listenForShortcuts(): void {
  const live = useLive()
  const navigate = useNavigate()
  const { settings } = useUserSettings()
  const openSearch = useOpenSearch()

  const step = (by: 1 | -1, unreadOnly: boolean) => {
    const shown = arrange(live.rooms(), settings()).flatMap(({ rooms }) => rooms)
    const next = neighbour(shown, currentRoomId(), by, unreadOnly)
    if (next) navigate(roomPath(next))
  }

  // Looked at first: what lies on top may be gone by the time the key arrives here.
  let isCovered = false
  const onCapture = () => (isCovered = somethingIsOpen())
  const onKeyDown = (event: KeyboardEvent) => {
    const shortcut = event.isComposing ? null : shortcutOf(event)
    if (!shortcut) return
    if (shortcut.type === 'mark-read') {
      if (event.defaultPrevented || isCovered) return
      const id = currentRoomId()
      if (shortcut.all) markAllRead(live)
      else if (id) live.markRead(id)
      return
    }
    if (event.defaultPrevented) return
    // Over a dialog the browser's own search is of more use.
    if (shortcut.type === 'search' && isCovered) return
    event.preventDefault()
    if (shortcut.type === 'search') openSearch(shortcut.everywhere ? undefined : currentRoomId())
    else if (shortcut.type === 'step') step(shortcut.step, shortcut.unreadOnly)
    else openDialog(shortcut.type === 'switcher' ? 'switcher' : 'shortcuts')
  }

  onMount(() => {
    document.addEventListener('keydown', onCapture, true)
    document.addEventListener('keydown', onKeyDown)
  })
  onCleanup(() => {
    document.removeEventListener('keydown', onCapture, true)
    document.removeEventListener('keydown', onKeyDown)
  })
}

/** Esc belongs to what lies on top. */
const somethingIsOpen = (): boolean =>
  openedDialog() !== null ||
  document.querySelector('dialog[open], [role=menu], [role=listbox]') !== null
