import type { Block, Inline } from './nodes.ts'

/**
 * `@handle`, by the same rule as the server's `handlesIn`, and `#room-slug`. Whether there is such
 * a person or room is for the renderer to know.
 */
const mention =
  /(?<![\p{L}\p{N}_@])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)|(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)/giu

export function splitMentions(text: string): Inline[] {
  const nodes: Inline[] = []
  let end = 0
  for (const match of text.matchAll(mention)) {
    const [whole, handle, slug = ''] = match
    if (match.index > end) nodes.push({ type: 'text', text: text.slice(end, match.index) })
    nodes.push(
      handle === undefined
        ? { type: 'room', slug: slug.toLowerCase(), text: whole }
        : { type: 'mention', handle: handle.toLowerCase(), text: whole },
    )
    end = match.index + whole.length
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) })
  return nodes
}

/** Text without markup: blank lines part paragraphs, a newline breaks a line. */
export function plainBlocks(text: string): Block[] {
  return text
    .split(/\n{2,}/)
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .filter((part) => part.trim() !== '')
    .map((part) => ({
      type: 'paragraph',
      children: part
        .split('\n')
        .flatMap((line, index): Inline[] =>
          index === 0 ? splitMentions(line) : [{ type: 'break' }, ...splitMentions(line)],
        ),
    }))
}
