import { createMemo, type Accessor } from 'solid-js'
import { changeOf, type ListChange, type Row } from './rows.ts'

/** A list of rows for the virtual list: keys that stay, rows looked up by them. */
export interface RowList {
  keys: readonly string[]
  rows: readonly Row[]
  at: ReadonlyMap<string, number>
  change: ListChange
  /** Rises when the list became another one, whose place has to be found anew. */
  generation: number
}

const none: RowList = { keys: [], rows: [], at: new Map(), change: 'none', generation: 0 }

/** The virtual list has to learn of its rows and of how they changed in one moment. */
export const createRowList = (rows: Accessor<readonly Row[]>): Accessor<RowList> =>
  createMemo((before) => {
    const next = rows()
    const keys = next.map((row) => row.key)
    const change = changeOf(before.keys, keys)
    return {
      keys: change === 'none' ? before.keys : keys,
      rows: next,
      at: change === 'none' ? before.at : new Map(keys.map((key, at) => [key, at])),
      change,
      generation: before.generation + (change === 'other' ? 1 : 0),
    }
  }, none)
