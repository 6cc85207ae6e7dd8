import { createContext, useContext } from 'solid-js'
import type { Anchor } from '../ui/floating.tsx'
import type { SidebarMoves } from './sidebar-moves.ts'

/** What the parts and rows of the sidebar share. */
export interface SidebarTools {
  moves: SidebarMoves
  /** Whether a row is pointed at or holds the focus: only such a row has a button, five hundred are too many. */
  isHot: (roomId: string) => boolean
  openMenu: (roomId: string, anchor: Anchor) => void
  /** Asks for a section's name: of a new one, or of one that is there. */
  nameSection: (id?: string) => void
}

export const SidebarContext = createContext<SidebarTools>()

export function useSidebar(): SidebarTools {
  const tools = useContext(SidebarContext)
  if (!tools) throw new Error('useSidebar belongs inside Sidebar')
  return tools
}
