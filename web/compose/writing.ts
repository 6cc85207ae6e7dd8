/** A text as it stands in a field, with what is selected of it. */
export interface Writing {
  text: string
  start: number
  end: number
}

const fenceLine = /^ {0,3}(`{3,}|~{3,})(.*)$/gm

/** Whether the caret is inside a fenced code block, as markdown sees fences. */
export function isInFence(text: string, caret: number): boolean {
  let open: string | null = null
  for (const [, signs = '', rest = ''] of text.slice(0, caret).matchAll(fenceLine)) {
    const isCode = signs.startsWith('`') && rest.includes('`')
    if (open === null) open = isCode ? null : signs
    else if (signs.startsWith(open) && rest.trim() === '') open = null
  }
  return open !== null
}

/** Whether the caret is inside code of any kind. */
export function isInCode(text: string, caret: number): boolean {
  if (isInFence(text, caret)) return true
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret)
  return (line.match(/`/g)?.length ?? 0) % 2 === 1
}

/** What is put in place of `before` between two places, and where it ends: the whole difference. */
export interface Change {
  start: number
  end: number
  text: string
}

/** The smallest change that makes `after` of `before`, so that undo takes back no more than it. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  let same = 0
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same += 1
  return { start, end: before.length - same, text: after.slice(start, after.length - same) }
}

/** Puts `text` in the place of what stands between two places, and the caret behind it. */
export const replaced = (whole: string, { start, end, text }: Change): Writing => ({
  text: whole.slice(0, start) + text + whole.slice(end),
  start: start + text.length,
  end: start + text.length,
})
