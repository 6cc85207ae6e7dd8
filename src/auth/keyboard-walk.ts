const rows = ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./']
const shifted = '!@#$%^&*()'

interface Key {
  row: number
  column: number
}

const keys = new Map<string, Key>(
  rows.flatMap((row, at) =>
    Array.from(row, (sign, column): [string, Key] => [sign, { row: at, column }]),
  ),
)

const keyOf = (sign: string): Key | undefined => {
  const digit = shifted.indexOf(sign)
  return keys.get(digit < 0 ? sign : (rows[0]?.[digit] ?? sign))
}

/** Side by side, or one above the other: each row is shifted half a key to the right. */
function areNeighbours(a: Key, b: Key): boolean {
  const [upper, lower] = a.row <= b.row ? [a, b] : [b, a]
  const across = upper.column - lower.column
  if (upper.row === lower.row) return Math.abs(across) <= 1
  return lower.row - upper.row === 1 && (across === 0 || across === 1)
}

/** The next key, the same one, or the next letter of the alphabet. */
function isStep(from: string, to: string): boolean {
  if (/^[a-z]{2}$/.test(from + to) && Math.abs(from.charCodeAt(0) - to.charCodeAt(0)) <= 1) {
    return true
  }
  const [a, b] = [keyOf(from), keyOf(to)]
  return a !== undefined && b !== undefined && areNeighbours(a, b)
}

/** A password made by running fingers over the keyboard: all but two signs are in runs of three or more. */
export function isWalk(text: string): boolean {
  const signs = Array.from(text.toLowerCase())
  let inRuns = 0
  let run = 0
  for (const [at, sign] of signs.entries()) {
    run = at > 0 && isStep(signs[at - 1] ?? '', sign) ? run + 1 : 1
    if (run === 3) inRuns += 3
    else if (run > 3) inRuns += 1
  }
  return inRuns > 0 && signs.length - inRuns <= 2 && inRuns >= signs.length / 2
}
