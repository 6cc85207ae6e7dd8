import { Tokenizer } from 'marked'

type Of<Method extends 'blockquote' | 'list' | 'emStrong' | 'del' | 'link'> = ReturnType<
  Tokenizer[Method]
>

/** Quotes and lists in each other, and marks in each other: deeper ones stay text. */
const maxDepth = 8

/**
 * Marked's grammar, less what chat has no use for: raw HTML, tables, indented code, underlined
 * headings, reference links. Those stay text. Nesting is bounded here because marked recurses: ten
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

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
  override reflink(): undefined {}
  override table(): undefined {}
  override lheading(): undefined {}
  override code(): undefined {}
}
