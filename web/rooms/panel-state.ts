import { useSearchParams } from '@solidjs/router'

export type PanelName = 'members' | 'settings'

/** Which side panel is open. It is part of the address, so that the phone's back gesture closes it. */
export function usePanel() {
  const [search, setSearch] = useSearchParams()
  const panel = (): PanelName | null =>
    search['panel'] === 'members' || search['panel'] === 'settings' ? search['panel'] : null
  const setPanel = (next: PanelName | null) => setSearch({ panel: next }, { scroll: false })
  const toggle = (name: PanelName) => setPanel(panel() === name ? null : name)
  return { panel, toggle, close: () => setPanel(null) }
}
