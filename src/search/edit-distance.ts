/** Slips of the finger that a word of this length may have and still be meant. */
export const slipsAllowed = (word: string): number => {
  const letters = Array.from(word).length
  return letters < 4 ? 0 : letters < 8 ? 1 : 2
}

/**
 * How many letters have to be changed, added, left out or swapped with their neighbour to make one
 * word of the other; `most + 1` for everything past `most`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const [left, right] = [Array.from(a), Array.from(b)]
  if (Math.abs(left.length - right.length) > most) return most + 1
  let before: number[] = []
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (const [i, letter] of left.entries()) {
    const next = [i + 1]
    for (const [j, other] of right.entries()) {
      const isSame = letter === other
      let least = Math.min(
        (row[j] ?? 0) + (isSame ? 0 : 1),
        (row[j + 1] ?? 0) + 1,
        (next[j] ?? 0) + 1,
      )
      if (i > 0 && j > 0 && letter === right[j - 1] && left[i - 1] === other)
        least = Math.min(least, (before[j - 1] ?? 0) + 1)
      next.push(least)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return Math.min(row.at(-1) ?? 0, most + 1)
}
