export interface Piece {
  text: string
  isHit: boolean
}

/** Shown before the first hit, so that it stands among its words. */
const lead = 60
const most = 400

/**
 * A few lines of a message around what was found, hits apart. The marks of markup are left out: here
 * they would be letters.
 */
export function snippetOf(
  message: string,
  highlights: readonly (readonly [from: number, to: number])[],
): Piece[] {
  const hits = new Uint8Array(message.length)
  for (const [from, to] of highlights) hits.fill(1, from, to)
  const marks = marksOf(message)
  const start = startOf(message, highlights[0]?.[0] ?? 0)
  const end = Math.min(message.length, start + most)

  const pieces: Piece[] = start > 0 ? [{ text: '… ', isHit: false }] : []
  const add = (text: string, isHit: boolean): void => {
    const last = pieces.at(-1)
    if (last?.isHit === isHit) last.text += text
    else pieces.push({ text, isHit })
  }
  for (let at = start; at < end; at += 1) {
    if (marks[at] === 1) continue
    const letter = message.charAt(at)
    const isSpace = /\s/.test(letter)
    // Lines run on; one space stands for all between two words.
    if (isSpace && (pieces.length === 0 || pieces.at(-1)?.text.endsWith(' ') === true)) continue
    add(isSpace ? ' ' : letter, hits[at] === 1)
  }
  if (end < message.length) add(' …', false)
  return pieces
}

/** At the beginning of a word, so that the first hit is `lead` letters on; the start when that is near. */
function startOf(message: string, hit: number): number {
  if (hit <= lead * 2) return 0
  const from = hit - lead
  const space = message.slice(from, hit).search(/\s/)
  return space === -1 ? from : from + space + 1
}

/** The letters that are markup: fences, stars and the like around words, and where a link leads. */
function marksOf(message: string): Uint8Array {
  const marks = new Uint8Array(message.length)
  const mark = (from: number, length: number) => marks.fill(1, from, from + length)
  for (const { index, 0: found } of message.matchAll(
    /```[^\n`]*\n?|\*\*|__|~~|`|^\s{0,3}(?:#{1,6}|>)\s+/gm,
  ))
    mark(index, found.length)
  for (const { index, 0: found, 1: name = '' } of message.matchAll(
    /!?\[([^\]\n]+)\]\([^)\s]+\)/g,
  )) {
    const open = found.indexOf(name)
    mark(index, open)
    mark(index + open + name.length, found.length - open - name.length)
  }
  return marks
}
