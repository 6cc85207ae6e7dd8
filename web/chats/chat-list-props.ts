import type { JSX } from 'solid-js'
import type { ChatActions } from './chat-actions.ts'
import type { RowList } from './create-rows.ts'
import type { Goal } from './goal.ts'
import type { ListView } from './scroll.ts'

export interface ChatListProps {
  list: RowList
  label: string
  /** Where the list stands first. */
  goal: Goal
  /** The chat that is being edited. */
  editingId: string | null
  hasBefore: boolean
  hasAfter: boolean
  isBusy: boolean
  /** The last page could not be loaded: ask again only when told to. */
  hasFailed: boolean
  actions: ChatActions
  /** Above the very first chat. */
  intro: JSX.Element
  /** Few chats stand at the start, not at the end by the composer. */
  startsAtTop?: boolean
  onLoad: (side: 'older' | 'newer') => void
  onLook: (view: ListView) => void
  ref: (handle: ChatListHandle | null) => void
}

export interface ChatListHandle {
  go: (goal: Goal) => void
  /** Brings a chat into view by the shortest way. */
  reveal: (id: string) => void
  focusLast: () => void
  loadAgain: () => void
}
