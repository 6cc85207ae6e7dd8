import { For, type JSX } from 'solid-js'
import type { Block, Inline } from './nodes.ts'

type Table = Extract<Block, { type: 'table' }>

/** A table in a box of its own, which scrolls when the table is wider than the chat. */
export function MarkdownTable(props: {
  table: Table
  /** Names the box for screen readers. */
  label: string
  cell: (nodes: readonly Inline[]) => JSX.Element
}) {
  const alignOf = (column: number) => `md-${props.table.align[column] ?? 'start'}`
  return (
    <div class="md-table" tabindex="0" role="group" aria-label={props.label}>
      <table>
        <thead>
          <tr>
            <For each={props.table.head}>
              {(nodes, column) => (
                <th scope="col" class={alignOf(column())} dir="auto">
                  {props.cell(nodes)}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.table.rows}>
            {(cells) => (
              <tr>
                <For each={cells}>
                  {(nodes, column) => (
                    <td class={alignOf(column())} dir="auto">
                      {props.cell(nodes)}
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
