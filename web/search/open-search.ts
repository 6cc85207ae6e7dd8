import { useLocation, useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'

const [askAgain, setAskAgain] = createSignal(0)

/** Changes when a search that is open already is asked for. */
export { askAgain }

/** Opens the search, everywhere or in one room. Escape there leads back here. */
export function useOpenSearch(): (roomId?: string) => void {
  const navigate = useNavigate()
  const location = useLocation()
  return (roomId) => {
    if (location.pathname === '/search') return void setAskAgain((count) => count + 1)
    navigate(roomId === undefined ? '/search' : `/search?room=${roomId}`, {
      state: { isFromApp: true },
    })
  }
}
