import type { Inline } from './nodes.ts'

/** Characters that reorder or hide text: a link's words are shown without them. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const hostLike = /(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+/gu

/**
 * The address of a link when its scheme is one of http, https and mailto, normalised by the
 * platform's own parser; otherwise null, and the text stays text (security 44).
 */
export function safeHref(href: string): string | null {
  // Browsers drop tabs and newlines inside a scheme; nothing honest has control characters there.
  if (/[\p{Cc}\s]/u.test(href) || !/^(?:https?:\/\/|mailto:)/i.test(href)) return null
  const url = URL.parse(href)
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return null
  return url.href
}

/**
 * The true host, to be written beside a link whose words could mislead: they name another host, the
 * host is an internationalised one (shown in punycode), a user part stands before it, or the words
 * hold characters that reorder them (security 44). Null where there is nothing to warn of.
 */
export function hostToShow(href: string, words: string): string | null {
  const url = URL.parse(href)
  if (!url || url.protocol === 'mailto:') return null
  const isIdn = url.hostname.split('.').some((label) => label.startsWith('xn--'))
  const isDisguised = url.username !== '' || url.password !== '' || hasInvisible(words)
  const named = words.toLowerCase().match(hostLike) ?? []
  const first = named[0]?.replace(/^www\./, '')
  const isOther = first !== undefined && first !== url.hostname.replace(/^www\./, '')
  return isIdn || isDisguised || isOther ? url.host : null
}

const hasInvisible = (text: string): boolean => text.search(invisible) >= 0
export const visible = (text: string): string => text.replace(invisible, '')

export function wordsOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
        case 'code':
        case 'mention':
        case 'room':
        case 'emoji':
          return node.text
        case 'break':
          return ' '
        case 'strong':
        case 'emphasis':
        case 'strike':
        case 'link':
          return wordsOf(node.children)
      }
      return node satisfies never
    })
    .join('')
}
