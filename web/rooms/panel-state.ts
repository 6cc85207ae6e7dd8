import { useSearchParams } from '@solidjs/router'

export type PanelName = 'members' | 'settings' | 'files' | 'pins'

const names: ReadonlySet<string> = new Set<PanelName>(['members', 'settings', 'files', 'pins'])
const isPanel = (name: unknown): name is PanelName => typeof name === 'string' && names.has(name)

/** A seq in an address. */
export const seqIn = (text: unknown): number | null =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null

/**
 * Which side panel is open: `?panel=NAME`, or `?thread=CHATID` with `at=SEQ` for a reply in it. It is part
 * of the address, so that the phone's back gesture closes it and links lead to it.
 */
export function usePanel() {
  const [search, setSearch] = useSearchParams()
  const thread = (): string | null => {
    const id = search['thread']
    return typeof id === 'string' && id !== '' ? id : null
  }
  const panel = (): PanelName | null => {
    const name = search['panel']
    return isPanel(name) && thread() === null ? name : null
  }
  const set = (next: { panel?: PanelName; thread?: string; at?: number }) =>
    setSearch(
      // What is said of the thread goes with it.
      {
        panel: null,
        thread: null,
        ...(thread() !== null || next.thread !== undefined ? { at: null, in: null } : {}),
        ...next,
      },
      { scroll: false },
    )
  return {
    panel,
    /** The chat whose thread is open. */
    thread,
    /** The reply that a link leads to. */
    threadAt: () => (thread() === null ? null : seqIn(search['at'])),
    toggle: (name: PanelName) => set(panel() === name ? {} : { panel: name }),
    openThread: (chatId: string, at?: number) =>
      set({ thread: chatId, ...(at !== undefined && { at }) }),
    close: () => set({}),
  }
}
