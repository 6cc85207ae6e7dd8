/** How much of everything: `full` is the table of the contract, `short` for a coffee, `tiny` for the test suite. */
export type Size = 'full' | 'short' | 'tiny'

export interface Scale {
  size: Size
  clients: number
  rooms: number
  /** Chats a second of all together. */
  rate: number
  /** Of nodes; null for what each fault asks for. */
  nodes: 1 | 2 | null
}

export const scales: Record<Size, Scale> = {
  full: { size: 'full', clients: 200, rooms: 20, rate: 500, nodes: null },
  short: { size: 'short', clients: 60, rooms: 6, rate: 150, nodes: null },
  tiny: { size: 'tiny', clients: 12, rooms: 3, rate: 40, nodes: null },
}
