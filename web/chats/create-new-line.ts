import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import { isLineInSight, type NewLine } from './new-line.ts'
import type { Row } from './rows.ts'
import type { ListView } from './scroll.ts'

export interface NewLineOf {
  newAfter: Accessor<number | null>
  rows: Accessor<readonly Row[]>
  view: Accessor<ListView | null>
  isPageActive: Accessor<boolean>
}

/** Where the New line is, whether the reader has seen it, and when what is new began. */
export function createNewLine(
  of: NewLineOf,
): Accessor<Pick<NewLine, 'firstNew' | 'sight' | 'isSeen'> & { since: string | number | null }> {
  const [isSeen, setSeen] = createSignal(false)
  // The first row may only be the first of those loaded: then what is new began further up.
  const drawn = createMemo(() => of.rows().find((row, at) => row.isFirstNew && at > 0))
  const firstNew = createMemo(() => {
    const after = of.newAfter()
    return after === null ? null : (drawn()?.chat?.seq ?? after + 1)
  })
  const sight = createMemo(() => {
    const { top, bottomSeq } = of.view() ?? { top: null, bottomSeq: null }
    return top === null || bottomSeq === null ? null : { top: top.seq, bottom: bottomSeq }
  })
  // With the page out of sight nobody sees it, wherever it is.
  createEffect(() => {
    if (of.isPageActive() && isLineInSight(firstNew(), sight())) setSeen(true)
  })
  createEffect(on(of.newAfter, () => setSeen(false), { defer: true }))
  return () => ({
    firstNew: firstNew(),
    sight: sight(),
    isSeen: isSeen(),
    since: drawn()?.at ?? null,
  })
}
