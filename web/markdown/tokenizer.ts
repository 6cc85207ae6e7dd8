import { Tokenizer, type Tokens } from 'marked'

type Of<Method extends 'blockquote' | 'list' | 'emStrong' | 'del' | 'link'> = ReturnType<
  Tokenizer[Method]
>

/** Quotes and lists in each other, and marks in each other: deeper ones stay text. */
const maxDepth = 8

/** A row is filled up to the width of the head: a wide head over many short lines would be millions of cells. */
const maxColumns = 20
const maxRows = 100

/** Looked at before marked reads it. What begins no table is marked's to refuse. */
function isModestTable(src: string): boolean {
  const head = src.slice(0, src.indexOf('\n') + 1)
  const end = src.indexOf('\n\n')
  const lines = src
    .slice(0, end === -1 ? undefined : end)
    .trimEnd()
    .split('\n', maxRows + 3)
  const columns = head
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|').length
  return columns <= maxColumns && lines.length <= maxRows + 2
}

/**
 * Marked's grammar, less what chat has no use for: raw HTML, indented code, underlined headings,
 * reference links. Those stay text. Nesting is bounded here because marked recurses: ten
 * thousand `>` would otherwise end the stack.
 */
export class ChatTokenizer extends Tokenizer {
  private depth = 0

  private nested<Result>(parse: () => Result): Result | undefined {
    if (this.depth >= maxDepth) return undefined
    this.depth += 1
    try {
      return parse()
    } finally {
      this.depth -= 1
    }
  }

  override blockquote(src: string): Of<'blockquote'> {
    return this.nested(() => super.blockquote(src))
  }
  override list(src: string): Of<'list'> {
    return this.nested(() => super.list(src))
  }
  override emStrong(src: string, masked: string, before?: string): Of<'emStrong'> {
    return this.nested(() => super.emStrong(src, masked, before))
  }
  override del(src: string, masked: string, before?: string): Of<'del'> {
    return this.nested(() => super.del(src, masked, before))
  }
  override link(src: string): Of<'link'> {
    return this.nested(() => super.link(src))
  }

  override table(src: string): Tokens.Table | undefined {
    return isModestTable(src) ? super.table(src) : undefined
  }

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
  override reflink(): undefined {}
  override lheading(): undefined {}
  override code(): undefined {}
}
