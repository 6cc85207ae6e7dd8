import { Parser } from 'htmlparser2'

export interface HtmlNode {
  /** Lower-case; empty at the root. */
  tag: string
  attributes: Record<string, string>
  children: (HtmlNode | string)[]
}

const dropped = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'iframe',
])
/** Deeper than any document people write; what is deeper stands in the last one of these. */
const deepest = 60

/**
 * A piece of HTML as data. The browser's own parser would need trusted HTML, which this page gives to
 * nobody (security 43), and would make elements of it; here it is never more than strings.
 */
export function readHtml(html: string): HtmlNode {
  const root: HtmlNode = { tag: '', attributes: {}, children: [] }
  const open: HtmlNode[] = [root]
  let droppedDepth = 0
  let hiddenDepth = 0
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      if (droppedDepth > 0 || dropped.has(tag)) droppedDepth += 1
      else if (open.length > deepest) hiddenDepth += 1
      else {
        const node: HtmlNode = { tag, attributes, children: [] }
        open.at(-1)?.children.push(node)
        open.push(node)
      }
    },
    ontext: (text) => {
      if (droppedDepth === 0) open.at(-1)?.children.push(text)
    },
    onclosetag: () => {
      if (droppedDepth > 0) droppedDepth -= 1
      else if (hiddenDepth > 0) hiddenDepth -= 1
      else if (open.length > 1) open.pop()
    },
  })
  parser.end(html)
  return root
}

export const wordsIn = (node: HtmlNode): string =>
  node.children
    .map((child) =>
      typeof child === 'string' ? child : child.tag === 'br' ? '\n' : wordsIn(child),
    )
    .join('')
