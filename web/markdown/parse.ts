import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { hostToShow, safeHref, visible, wordsOf } from './links.ts'
import { plainBlocks, splitNames } from './mentions.ts'
import type { Align, Block, Inline, ListItem } from './nodes.ts'
import { ChatTokenizer } from './tokenizer.ts'

/** Longer than any chat may be: from elsewhere, or hostile. It is shown as it stands. */
const maxChars = 20_000
/** More marks than this and marked's search for their partners takes longer than a frame. */
const maxMarks = 1_500

/**
 * A chat's text as nodes. Raw HTML is text; a link has an allowed scheme; nesting and work are
 * bounded, whatever the text. Never throws.
 */
export function parseMarkdown(text: string): Block[] {
  const source = text.replace(/\r\n?/g, '\n')
  if (isPlain(source) || isTooMuch(source)) return plainBlocks(source)
  try {
    const lexer = new Lexer({ gfm: true, breaks: true, tokenizer: new ChatTokenizer() })
    return toBlocks(lexer.lex(source))
  } catch {
    // None is known that gets here; but one chat must not take down the room it was said in.
    return plainBlocks(source)
  }
}

/** Most chats: words without a character that could begin markup. They skip the lexer. */
const isPlain = (text: string): boolean =>
  !/[*_~`[\]<>\\|]|:\/\/|www\.|\S@\S|^[ \t]*(?:#|[-+=]|\d+[.)])|^[ \t]|[ \t]$|\t/im.test(text)

const isTooMuch = (text: string): boolean =>
  text.length > maxChars || (text.match(/[*_~`[\]<>\\|]/g)?.length ?? 0) > maxMarks

function toBlocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token) => {
    const block = toBlock(token)
    return block ? [block] : []
  })
}

function toBlock(token: Token): Block | null {
  // No extension is installed, so every token is one of marked's own.
  const known = token as MarkedToken
  switch (known.type) {
    case 'space':
    case 'checkbox':
    case 'def':
      return null
    case 'code':
      return { type: 'code_block', language: languageOf(known.lang), text: known.text }
    case 'blockquote':
      return { type: 'quote', children: toBlocks(known.tokens) }
    case 'list':
      return {
        type: 'list',
        ordered: known.ordered,
        start: known.start === '' ? 1 : known.start,
        items: known.items.map(toItem),
      }
    case 'hr':
      return { type: 'rule' }
    case 'heading':
      // A chat has no outline: a heading is a bold line. An empty one is just its `#`.
      if (known.text === '') return paragraph([{ type: 'text', text: known.raw.trim() }])
      return paragraph([{ type: 'strong', children: toInlines(known.tokens, false) }])
    case 'paragraph':
    case 'text':
      return paragraph(known.tokens ? toInlines(known.tokens, false) : splitNames(known.text))
    case 'table':
      return {
        type: 'table',
        align: known.align.map(toAlign),
        head: known.header.map(toCell),
        rows: known.rows.map((cells) => cells.map(toCell)),
      }
    // Inlines stand inside a block, and HTML never comes from ChatTokenizer; were one to, it would be
    // shown as its source.
    case 'html':
    case 'list_item':
    case 'br':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'strong':
    default:
      return paragraph([{ type: 'text', text: known.raw }])
  }
}

const paragraph = (children: Inline[]): Block => ({ type: 'paragraph', children })

const toItem = (item: Tokens.ListItem): ListItem => ({
  checked: item.task ? item.checked === true : null,
  children: toBlocks(item.tokens),
})

const toCell = ({ tokens }: Tokens.TableCell): Inline[] => toInlines(tokens, false)

/** Where lines end depends on their direction: a table of Arabic has its right at the start. */
const toAlign = (align: Tokens.Table['align'][number]): Align =>
  align === 'left' ? 'start' : align === 'right' ? 'end' : align

/** The first word after the fence, for the label. */
const languageOf = (info: string | undefined): string =>
  visible(/^[^\s{]*/.exec(info ?? '')?.[0] ?? '').slice(0, 24)

function toInlines(tokens: readonly Token[], inLink: boolean): Inline[] {
  return tokens.flatMap((token) => toInline(token, inLink))
}

function toInline(token: Token, inLink: boolean): Inline[] {
  // As in toBlock: no extension is installed.
  const known = token as MarkedToken
  switch (known.type) {
    case 'text':
      if (known.tokens) return toInlines(known.tokens, inLink)
      return inLink ? [{ type: 'text', text: known.text }] : splitNames(known.text)
    case 'escape':
      return [{ type: 'text', text: known.text }]
    case 'codespan':
      return [{ type: 'code', text: known.text }]
    case 'br':
      return [{ type: 'break' }]
    case 'strong':
      return [{ type: 'strong', children: toInlines(known.tokens, inLink) }]
    case 'em':
      return [{ type: 'emphasis', children: toInlines(known.tokens, inLink) }]
    case 'del':
      return [{ type: 'strike', children: toInlines(known.tokens, inLink) }]
    case 'link':
    case 'image':
      return toLink(known, inLink)
    case 'checkbox':
      return []
    // Blocks stand outside a line; as above, a stray one would be its source.
    case 'html':
    case 'blockquote':
    case 'code':
    case 'def':
    case 'heading':
    case 'hr':
    case 'list':
    case 'list_item':
    case 'paragraph':
    case 'space':
    case 'table':
    default:
      return [{ type: 'text', text: known.raw }]
  }
}

/** Images become links: what others host is opened on purpose, never fetched by reading. */
function toLink(token: Tokens.Link | Tokens.Image, inLink: boolean): Inline[] {
  const given = token.raw.startsWith('www.') ? `https://${token.raw}` : token.href
  const href = safeHref(given)
  if (href === null) return [{ type: 'text', text: token.raw }]
  const inside = toInlines(token.tokens ?? [], true)
  const children = wordsOf(inside).trim() === '' ? [{ type: 'text' as const, text: href }] : inside
  if (inLink) return children
  const shownHost = hostToShow(href, wordsOf(children))
  return [{ type: 'link', href, children: children.map(withoutInvisible), shownHost }]
}

function withoutInvisible(node: Inline): Inline {
  if (node.type === 'text') return { type: 'text', text: visible(node.text) }
  if (node.type === 'code') return { type: 'code', text: visible(node.text) }
  if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'strike')
    return { type: node.type, children: node.children.map(withoutInvisible) }
  return node
}
