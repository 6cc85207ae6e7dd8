/**
 * Which item a key moves to in a menu of these labels, from `current` (-1: none); null where the
 * key is not for moving. A letter goes to the next item that begins with it.
 */
export function nextItem(key: string, labels: readonly string[], current: number): number | null {
  const count = labels.length
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % count
    case 'ArrowUp':
      return (Math.max(current, 0) - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return startingWith(key, labels, current)
  }
}

function startingWith(key: string, labels: readonly string[], current: number): number | null {
  if (Array.from(key).length !== 1 || key === ' ') return null
  const count = labels.length
  for (let step = 1; step <= count; step += 1) {
    const index = (current + step) % count
    if (labels[index]?.toLocaleLowerCase().startsWith(key.toLocaleLowerCase())) return index
  }
  return null
}
