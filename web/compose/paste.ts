import type { WritingField } from './create-field.ts'
import { linked } from './formatting.ts'
import { isInCode } from './writing.ts'

/** Larger than any chat by far: its words alone are taken. */
const mostHtml = 400_000

const richTag = /<(?:b|strong|i|em|s|del|strike|a|ul|ol|pre|code|h[1-6]|blockquote|table)[\s>]/i
const richStyle = /font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic|line-through/i

/**
 * Whether what is pasted says more than its words: a list, a link, something bold. The colours and
 * fonts that an editor of code brings along say nothing.
 */
export const isRich = (html: string): boolean =>
  html.length <= mostHtml && (richTag.test(html) || richStyle.test(html))

/** Rich text as markdown; its words where that fails. The converter is loaded with the first paste. */
export async function richPaste(html: string, words: string): Promise<string> {
  try {
    const { markdownOf } = await import('./html-to-markdown.ts')
    return markdownOf(html) || words
  } catch {
    return words
  }
}

/**
 * A paste that markdown has something to say about: an address over selected words links them, rich text
 * keeps its signs. Everything else, and all inside code, is left to the browser.
 */
export function pasteInto(event: ClipboardEvent, field: WritingField): void {
  const words = event.clipboardData?.getData('text/plain') ?? ''
  const html = event.clipboardData?.getData('text/html') ?? ''
  const writing = field.writing()
  if (isInCode(writing.text, writing.start)) return
  const link = linked(writing, words)
  if (!link && !isRich(html)) return
  event.preventDefault()
  if (link) field.write(link)
  else void richPaste(html, words).then((text) => field.insert(text))
}
