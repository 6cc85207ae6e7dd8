import type { Place } from './places.ts'

/** Where a reader is taken. `new`: to the New line or, without one, to the end. */
export type Goal =
  | { type: 'end' }
  | { type: 'new'; firstNew: number | null }
  | { type: 'chat'; seq: number }
  | ({ type: 'place' } & Place)

/** What has to be loaded for it. */
export const seqOfGoal = (goal: Goal): number | 'end' => {
  switch (goal.type) {
    case 'end':
      return 'end'
    case 'new':
      return goal.firstNew ?? 'end'
    case 'chat':
    case 'place':
      return goal.seq
  }
}
