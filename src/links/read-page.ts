import { Parser } from 'htmlparser2'

/** What a page says of itself. */
export interface PageFacts {
  site: string
  title: string
  description: string
  /** An absolute http or https address. */
  imageUrl: string | null
}

const maxChars = { site: 60, title: 160, description: 320 }
/** The parser is given a page by pieces, and asked between them whether it has seen enough. */
const pieceChars = 4_096
/** Far more than any head holds: past it a page is made to keep a parser busy. */
const maxTags = 5_000
const maxTitleChars = 1_000

/** Of `<meta>`, by name in order of preference. */
const names = {
  site: ['og:site_name', 'application-name'],
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
}

/**
 * What the head of a page says: Open Graph before Twitter's cards before plain HTML. Null when it says
 * neither what it is called nor what it is about. Time and memory are bounded whatever the text.
 */
export function readPage(html: string, url: URL): PageFacts | null {
  const { metas, title: ownTitle } = readHead(html)
  const first = (of: readonly string[]) =>
    of.map((name) => metas.get(name)).find((value) => value !== undefined) ?? ''
  const title = oneLine(first(names.title) || ownTitle, maxChars.title)
  const description = oneLine(first(names.description), maxChars.description)
  if (title === '' && description === '') return null
  return {
    site: oneLine(first(names.site), maxChars.site) || url.hostname.replace(/^www\./, ''),
    title,
    description,
    imageUrl: webAddress(first(names.image), url),
  }
}

interface Head {
  metas: Map<string, string>
  title: string
  tags: number
  isDone: boolean
}

function readHead(html: string): Head {
  const head: Head = { metas: new Map(), title: '', tags: 0, isDone: false }
  let isInTitle = false
  const parser = new Parser({
    onopentag(name, attributes) {
      head.tags += 1
      if (name === 'meta') keepMeta(head.metas, attributes)
      // The first one is the page's; those of drawings in it come later.
      isInTitle = name === 'title' && head.title === ''
      if (name === 'body' || head.tags > maxTags) head.isDone = true
    },
    ontext(text) {
      if (isInTitle && head.title.length < maxTitleChars) head.title += text
    },
    onclosetag() {
      isInTitle = false
    },
  })
  for (let at = 0; at < html.length && !head.isDone; at += pieceChars) {
    parser.write(html.slice(at, at + pieceChars))
  }
  return head
}

function keepMeta(metas: Map<string, string>, attributes: Record<string, string>): void {
  const name = (attributes['property'] ?? attributes['name'])?.trim().toLowerCase()
  const content = attributes['content']?.trim()
  if (name && content && !metas.has(name)) metas.set(name, content.slice(0, 4_000))
}

/**
 * Words of strangers on one line, without what reorders, hides or controls text. The two joiners stay:
 * scripts and emoji need them.
 */
function oneLine(text: string, max: number): string {
  const plain = text
    .toWellFormed()
    .replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  const letters = Array.from(plain.slice(0, max * 4))
  return letters.length <= max ? plain : `${letters.slice(0, max).join('').trimEnd()}…`
}

function webAddress(href: string, base: URL): string | null {
  const url = href === '' ? null : URL.parse(href, base.href)
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : null
}
