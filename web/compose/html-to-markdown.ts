import { readHtml, wordsIn, type HtmlNode } from './html-tree.ts'

/** What is switched on around a piece of text. */
interface Style {
  bold: boolean
  italic: boolean
  strike: boolean
}

const plain: Style = { bold: false, italic: false, strike: false }
const blockTags = new Set(
  'address article aside blockquote body dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)

/** Rich text as people would have typed it: what markdown of chats has a sign for, and the words of the rest. */
export function markdownOf(html: string): string {
  return blocksOf(readHtml(html), plain).join('\n\n').replaceAll('\u00A0', ' ').trim()
}

/** Blocks part paragraphs; what stands between them side by side is one. */
function blocksOf(node: HtmlNode, style: Style): string[] {
  const blocks: string[] = []
  let line = ''
  const flush = (): void => {
    const text = tidy(line)
    if (text !== '') blocks.push(atLineStart(text))
    line = ''
  }
  const walk = (children: HtmlNode['children'], within: Style): void => {
    for (const child of children) {
      if (typeof child === 'string') line += inlineText(child)
      else if (blockTags.has(child.tag)) {
        flush()
        blocks.push(...blockOf(child, styleOf(child, within)))
      } else if (holdsBlocks(child)) walk(child.children, styleOf(child, within))
      else line += inlineOf(child, within)
    }
  }
  walk(node.children, style)
  flush()
  return blocks
}

/** Google's documents come in one `<b>` that is not bold, around paragraphs. */
const holdsBlocks = (node: HtmlNode): boolean =>
  node.children.some(
    (child) => typeof child !== 'string' && (blockTags.has(child.tag) || holdsBlocks(child)),
  )

function blockOf(node: HtmlNode, style: Style): string[] {
  switch (node.tag) {
    case 'hr':
      return ['---']
    case 'pre':
      return [fenced(wordsIn(node), languageOf(node))]
    case 'blockquote':
      return [prefixed(blocksOf(node, style).join('\n\n'), '> ', '> ')]
    case 'ul':
    case 'ol':
      return [listOf(node, style)]
    case 'table':
      return [tableOf(node, style)]
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      // A heading is bold by itself.
      const words = oneLine(inlinesOf(node, { ...style, bold: true }))
      return words === '' ? [] : [`${'#'.repeat(Number(node.tag[1]))} ${words}`]
    }
    default:
      return blocksOf(node, style)
  }
}

function listOf(list: HtmlNode, style: Style): string {
  let number = Number(list.attributes['start'] ?? 1) || 1
  const lines: string[] = []
  for (const child of list.children) {
    if (typeof child === 'string') continue
    // A list straight inside a list, as Google writes them, belongs to the item before.
    if (child.tag === 'ul' || child.tag === 'ol') lines.push(nested(listOf(child, style), list.tag))
    else {
      const sign = list.tag === 'ol' ? `${number}. ` : '- '
      const box = boxOf(child)
      const text = blocksOf(child, style).join('\n')
      lines.push(prefixed(box + text, sign, ' '.repeat(sign.length)))
      number += 1
    }
  }
  return lines.join('\n')
}

const nested = (text: string, within: string): string => {
  const indent = ' '.repeat(within === 'ol' ? 3 : 2)
  return prefixed(text, indent, indent)
}

function boxOf(item: HtmlNode): string {
  for (const child of item.children) {
    if (typeof child === 'string') continue
    if (child.tag === 'input' && child.attributes['type'] === 'checkbox')
      return 'checked' in child.attributes ? '[x] ' : '[ ] '
    if (child.tag === 'label' || child.tag === 'p') return boxOf(child)
  }
  return ''
}

function tableOf(table: HtmlNode, style: Style): string {
  const rows = rowsOf(table).map((row) =>
    row.children
      .filter((cell) => typeof cell !== 'string')
      .map((cell) => oneLine(blocksOf(cell, style).join(' ')).replaceAll('|', '\\|')),
  )
  const columns = Math.max(0, ...rows.map((row) => row.length))
  // One column is a layout, not a table.
  if (columns < 2) return rows.flat().filter(Boolean).join('\n\n')
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, at) => cells[at] ?? '').join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(Array.from({ length: columns }, () => '---')), ...body.map(line)].join(
    '\n',
  )
}

const rowsOf = (node: HtmlNode): HtmlNode[] =>
  node.children.flatMap((child) => {
    if (typeof child === 'string') return []
    return child.tag === 'tr' ? [child] : rowsOf(child)
  })

const inlinesOf = (node: HtmlNode, style: Style): string =>
  node.children
    .map((child) => (typeof child === 'string' ? inlineText(child) : inlineOf(child, style)))
    .join('')

function inlineOf(node: HtmlNode, style: Style): string {
  if (node.tag === 'br') return '\n'
  if (node.tag === 'img') return inlineText(node.attributes['alt'] ?? '')
  if (node.tag === 'code' || node.tag === 'kbd' || node.tag === 'samp') return codeOf(wordsIn(node))
  const within = styleOf(node, style)
  const inside = inlinesOf(node, within)
  if (node.tag === 'a') return linkOf(node, inside)
  const marks = [
    within.bold && !style.bold ? '**' : '',
    within.italic && !style.italic ? '_' : '',
    within.strike && !style.strike ? '~~' : '',
  ]
  return marks.reduce((text, mark) => (mark === '' ? text : marked(text, mark)), inside)
}

function styleOf({ tag, attributes }: HtmlNode, style: Style): Style {
  const css = attributes['style'] ?? ''
  const weight = /font-weight:\s*(\w+)/i.exec(css)?.[1]
  const isHeavy = weight && (/^bold/i.test(weight) || Number(weight) >= 600)
  return {
    bold: weight ? isHeavy === true : style.bold || tag === 'b' || tag === 'strong',
    italic: /font-style:\s*normal/i.test(css)
      ? false
      : style.italic || tag === 'i' || tag === 'em' || /font-style:\s*italic/i.test(css),
    strike: style.strike || ['s', 'del', 'strike'].includes(tag) || /line-through/i.test(css),
  }
}

/** Marks hold within a line, and stand right at their words. */
const marked = (text: string, mark: string): string =>
  text
    .split('\n')
    .map((line) => {
      const words = line.trim()
      return words === '' ? line : line.replace(words, () => mark + words + mark)
    })
    .join('\n')

function linkOf({ attributes }: HtmlNode, inside: string): string {
  const href = attributes['href'] ?? ''
  const words = oneLine(inside)
  if (!/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(href) || words === '') return inside
  const bare = (address: string): string => address.replace(/^(?:https?:\/\/|mailto:)|\/$/gi, '')
  // What is its own address needs no brackets; its words hold signs that were escaped.
  if (bare(words.replaceAll('\\', '')) === bare(href)) return href
  const safe = href.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `[${words.replace(/[[\]]/g, String.raw`\$&`)}](${safe})`
}

function codeOf(text: string): string {
  const words = oneLine(text)
  if (words === '') return ''
  const runs = words.match(/`+/g) ?? []
  const ticks = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1)
  return ticks.length > 1 ? `${ticks} ${words} ${ticks}` : `\`${words}\``
}

function fenced(text: string, language: string): string {
  const runs = text.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1)
  return `${fence}${language}\n${text.replace(/^\n|\n+$/g, '')}\n${fence}`
}

function languageOf(node: HtmlNode): string {
  const classes = [node, ...node.children.filter((child) => typeof child !== 'string')]
    .map(({ attributes }) => attributes['class'] ?? '')
    .join(' ')
  return /\b(?:language|lang|highlight-source)-([\w+#-]+)/.exec(classes)?.[1] ?? ''
}

/** Blanks as HTML sees them, and signs that markdown would take for its own. */
const inlineText = (text: string): string =>
  text
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replace(/[\\`*]|~~/g, String.raw`\$&`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)

/** What would begin a heading, a quote or a list did not mean to. */
const atLineStart = (text: string): string =>
  text.replace(/^(?=#{1,6} |>|[-+] )/gm, '\\').replace(/^(\d+)([.)] )/gm, String.raw`$1\$2`)

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const prefixed = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, at) => ((at === 0 ? first : rest) + line).trimEnd())
    .join('\n')
