import type { Block, Inline } from './nodes.ts'

/**
 * `@handle`, by the same rule as the server's `handlesIn`, `#room-slug`, and `:shortcodes:`, several in a
 * row too, but not the middle of `10:30:15` or `std::vec::Vec`. Whether there is such a person, room or
 * emoji is for the renderer to know.
 */
const named =
  /(?<![\p{L}\p{N}_@])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)|(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)|(?<![\p{L}\p{N}:/])((?::[a-z0-9_+-]{1,40}:)+)(?![\p{L}\p{N}:])/giu

const shortcode = /:([a-z0-9_+-]+):/gi

/** Text with the names in it as nodes of their own. */
export function splitNames(text: string): Inline[] {
  const nodes: Inline[] = []
  let end = 0
  for (const match of text.matchAll(named)) {
    const [whole, handle, slug, codes] = match
    if (match.index > end) nodes.push({ type: 'text', text: text.slice(end, match.index) })
    if (handle !== undefined)
      nodes.push({ type: 'mention', handle: handle.toLowerCase(), text: whole })
    else if (slug !== undefined) nodes.push({ type: 'room', slug: slug.toLowerCase(), text: whole })
    else nodes.push(...emojiIn(codes ?? ''))
    end = match.index + whole.length
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) })
  return nodes
}

const emojiIn = (codes: string): Inline[] =>
  Array.from(codes.matchAll(shortcode), ([text, code = '']) => ({
    type: 'emoji',
    code: code.toLowerCase(),
    text,
  }))

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
          index === 0 ? splitNames(line) : [{ type: 'break' }, ...splitNames(line)],
        ),
    }))
}
