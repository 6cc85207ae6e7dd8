/** A condition on the words of a row. */
export interface Condition {
  /** As a `tsquery` to hold a row to. */
  query: string
  /** The same for the index, which finds whole words faster than their beginnings; any of these may fit. */
  index: readonly string[]
  /** How many rows fit it. */
  count: number
  /** How much there is to compare. */
  operands: number
}

/**
 * How the rows are found. `index`: all that fit by the index of words, then the newest of them.
 * `walk`: from the newest row backwards until enough fit; where that fails after `rows`, by the index.
 */
export type Plan =
  | { way: 'index'; lookUp: LookUp }
  | { way: 'walk'; rows: number; lookUp: LookUp | null }

/** What the index is asked, and what is left to ask of each row that it gives. */
export interface LookUp {
  /** Rows that fit any of these; asked for one by one, for the index is slow at long alternatives. */
  index: readonly string[]
  rest: readonly Condition[]
}

/** What a step costs on a small machine, in microseconds. */
const cost = {
  /** To look at the next row of a walk, and for each operand that it is held to. */
  walked: 2.5,
  compared: 0.3,
  /** To fetch a row from wherever it lies. */
  fetched: 3.5,
  /** To read one entry of the index of words, and for each alternative that it is held to. */
  entry: 0.06,
  matched: 0.08,
  /** To ask the index once more. */
  asked: 15,
}
/** A walk is given up past so many times the rows it should take. */
const patience = 3
const mostWalked = 20_000
/** With so few rows left, one more condition of the index saves nothing. */
const fewRows = 200

export interface Wanted {
  /** All rows that there are. */
  total: number
  /** How many are to be found. */
  limit: number
  /** Rows that fit all of these were found before, and are passed over. */
  had: readonly Condition[]
  /** What no row may fit, for the index. */
  unwanted: readonly string[]
}

/**
 * Chooses by arithmetic, not by what the planner knows: it has no idea of words. What is frequent
 * stands in the newest rows; what is rare has few rows to fetch.
 */
export function planSearch(
  conditions: readonly Condition[],
  { total, limit, had, unwanted }: Wanted,
): Plan {
  // A word that nothing begins with stands nowhere, and an empty alternative is no question.
  if (conditions.some(({ index }) => index.length === 0)) {
    return { way: 'index', lookUp: { index: [], rest: [] } }
  }
  const shareOf = ({ count }: Condition) => Math.min(1, count / Math.max(1, total))
  const shareOfAll = (all: readonly Condition[]) =>
    all.reduce((product, condition) => product * shareOf(condition), 1)

  let fitting = total
  let entries = 0
  const used: Condition[] = []
  const rest: Condition[] = []
  for (const condition of conditions.toSorted((a, b) => a.count - b.count)) {
    if (used.length > 0 && (fitting <= fewRows || condition.count > total / 4)) {
      rest.push(condition)
      continue
    }
    used.push(condition)
    fitting *= shareOf(condition)
    entries += condition.count
  }
  if (used.length === 0) return { way: 'walk', rows: Math.max(total, limit), lookUp: null }
  const [first] = used
  const isOne = first && used.length === 1 && unwanted.length === 0
  const asked = [
    ...used.map(({ index }) => `(${index.join(' | ')})`),
    ...unwanted.map((query) => `!(${query})`),
  ]
  const lookUp = { index: isOne ? first.index : [asked.join(' & ')], rest }
  const alternatives = isOne ? 0 : used.reduce((sum, { index }) => sum + index.length - 1, 0)
  const byIndex =
    lookUp.index.length * cost.asked +
    entries * (cost.entry + cost.matched * alternatives) +
    fitting * cost.fetched

  const operands = conditions.reduce((sum, condition) => sum + condition.operands, 0)
  const step = cost.walked + cost.compared * operands
  const passed = had.length === 0 ? 0 : shareOfAll(had)
  const walked = limit / Math.max(shareOfAll(conditions) - passed, 1e-9)
  if (walked * step < byIndex) {
    return { way: 'walk', rows: Math.ceil(Math.min(walked * patience + 500, mostWalked)), lookUp }
  }
  // Words that are said together are where one of them is: worth a look when it is short.
  const alike = limit / Math.max(Math.min(...conditions.map(shareOf)) - passed, 1e-9)
  const short = Math.ceil(alike * 2)
  return conditions.length > 1 && short * step < byIndex / 2
    ? { way: 'walk', rows: short, lookUp }
    : { way: 'index', lookUp }
}
