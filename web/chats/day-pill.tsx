import { Show } from 'solid-js'
import { formatDay } from '../i18n/format.ts'
import type { RowList } from './create-rows.ts'

/** Over the start of the list: the day of what is read. `at` is the row at the top. */
export function DayPill(props: { list: RowList; at: number | null }) {
  return (
    <Show when={dayAt(props.list, props.at)}>
      {(day) => (
        <div class="day-pill" aria-hidden="true">
          {day()}
        </div>
      )}
    </Show>
  )
}

/** The day of the row at the top, unless its own divider is there to tell. */
function dayAt(list: RowList, at: number | null): string | null {
  const row = at === null ? undefined : list.rows[at]
  const next = at === null ? undefined : list.rows[at + 1]
  return !row || row.isNewDay || next?.isNewDay ? null : formatDay(row.at)
}
