/** How many links of a chat are looked at. */
export const linksPerChat = 3

const maxUrlChars = 2_000
const fence = /^[ \t]{0,3}(`{3,}|~{3,})/
const link = /\bhttps?:\/\/(?:(?!\]\()[^\s<>"`\p{Cc}])+/giu

/**
 * The first http and https links of a chat's text, as they stand in it, each once. Not those in code:
 * there they are something to read. By the same reading of ends as the client's: a sentence's comma and
 * a bracket that was opened before the link are not of it.
 */
export function linksIn(message: string): string[] {
  if (!message.includes('://')) return []
  const found = new Set<string>()
  const text = withoutCode(message)
  for (const { 0: match, index } of text.matchAll(link)) {
    // The words of a link may be an address too: where it leads is the one after them.
    if (match.length > maxUrlChars || text.startsWith('](', index + match.length)) continue
    const url = trimEnd(match)
    if (isWeb(url)) found.add(url)
    if (found.size === linksPerChat) break
  }
  return [...found]
}

function withoutCode(message: string): string {
  let open: string | null = null
  const lines = message.split('\n').filter((line) => {
    const mark = fence.exec(line)?.[1]
    if (open === null) {
      // Backticks after the opening ones make it a code span of one line.
      if (!mark || (mark.startsWith('`') && line.includes('`', line.indexOf(mark) + mark.length)))
        return true
      open = mark
    } else if (mark && mark[0] === open[0] && mark.length >= open.length) open = null
    return false
  })
  return withoutSpans(lines.join('\n'))
}

/** Code spans end at as many backticks as they began with; an opening without an end is itself. */
function withoutSpans(text: string): string {
  const runs = Array.from(text.matchAll(/`+/g), ({ index, 0: { length } }) => ({ index, length }))
  // By length, the last place first: each is taken once, so that thousands of backticks cost no more.
  const places = Map.groupBy(Array.from(runs.keys()).toReversed(), (place) => runs[place]?.length)
  let kept = ''
  let end = 0
  let next = 0
  for (const [place, { index, length }] of runs.entries()) {
    if (place < next) continue
    const same = places.get(length) ?? []
    while ((same.at(-1) ?? Infinity) <= place) same.pop()
    const close = same.at(-1)
    const partner = close === undefined ? undefined : runs[close]
    if (close === undefined || partner === undefined) continue
    kept += `${text.slice(end, index)} `
    end = partner.index + partner.length
    next = close + 1
  }
  return kept + text.slice(end)
}

function trimEnd(url: string): string {
  let end = url.length
  while (end > 0) {
    const letter = url[end - 1] ?? ''
    const rest = url.slice(0, end - 1)
    const isPunctuation = /[?!.,:;*_~'\\|]/.test(letter)
    const isStray =
      (letter === ')' && count(rest, ')') >= count(rest, '(')) ||
      (letter === ']' && count(rest, ']') >= count(rest, '['))
    if (!isPunctuation && !isStray) break
    end -= 1
  }
  return url.slice(0, end)
}

const count = (text: string, letter: string): number => text.split(letter).length - 1

function isWeb(text: string): boolean {
  const url = URL.parse(text)
  // With a name and a password in it, it is a key to something: not ours to use.
  return url !== null && url.hostname !== '' && url.username === '' && url.password === ''
}
