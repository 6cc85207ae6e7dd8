import core from 'highlight.js/lib/core'
import type { Emitter } from 'highlight.js'
import { languages } from './highlight-languages.ts'
import type { CodeLook, CodePiece } from './code-pieces.ts'

/** Scopes of highlight.js, or the first word of one, as the few looks that the page has. */
const looks: Record<string, CodeLook> = {
  ...all('keyword', 'keyword literal selector-tag template-tag doctag'),
  ...all('string', 'string regexp char link symbol bullet code'),
  ...all('number', 'number'),
  ...all('comment', 'comment quote meta'),
  ...all('title', 'title section name selector-id selector-class selector-attr selector-pseudo'),
  ...all('type', 'type built_in class attr attribute property variable template-variable'),
  ...all('added', 'addition'),
  ...all('deleted', 'deletion'),
}

function all(look: CodeLook, scopes: string): Record<string, CodeLook> {
  return Object.fromEntries(scopes.split(' ').map((scope) => [scope, look]))
}

/** Collects pieces where highlight.js would write HTML: they become text nodes, and nothing else. */
class Pieces implements Emitter {
  readonly pieces: CodePiece[] = []
  private readonly scopes: (CodeLook | null)[] = []

  startScope(name: string): void {
    // What is put into a string is code again.
    const look = name === 'subst' ? null : looks[name.split('.')[0] ?? '']
    this.scopes.push(look === undefined ? this.look() : look)
  }
  endScope(): void {
    this.scopes.pop()
  }
  // By these two names the library calls them as well, which its types don't tell.
  openNode(name: string): void {
    this.startScope(name)
  }
  closeNode(): void {
    this.endScope()
  }
  addText(text: string): void {
    if (text !== '') this.pieces.push({ text, look: this.look() })
  }
  __addSublanguage(inner: Emitter): void {
    if (inner instanceof Pieces) this.pieces.push(...inner.pieces)
  }
  finalize(): void {}
  toHTML(): string {
    return ''
  }
  private look(): CodeLook | null {
    return this.scopes.at(-1) ?? null
  }
}

core.configure({ __emitter: Pieces })

/** Code in its colours, the same text piece by piece; null where the language is not known. */
export async function highlight(language: string, text: string): Promise<CodePiece[] | null> {
  const known = languages.get(language.toLowerCase())
  if (!known) return null
  const { name, load } = known
  if (!core.getLanguage(name)) core.registerLanguage(name, (await load()).default)
  const { _emitter: emitter, errorRaised } = core.highlight(text, {
    language: name,
    ignoreIllegals: true,
  })
  // It swallows its own errors, and what it has then is a part of the code.
  if (errorRaised) throw errorRaised
  return emitter instanceof Pieces ? emitter.pieces : null
}
