import { fold } from '../shell/fuzzy.ts'
import type { Emoji, EmojiTable } from './table.ts'

/**
 * The emoji that fit what is typed, best first: each of its words begins, or is within, a shortcode, the
 * name or a word of the emoji. Shortcodes are English in every language.
 */
export function searchEmoji(table: EmojiTable, query: string, most: number): Emoji[] {
  const wanted = fold(query.trim()).replace(/^:|:$/g, '')
  if (wanted === '') return []
  const parts = wanted.split(/[\s_]+/)
  const whole = parts.join('_')
  return table.all
    .map((emoji, at) => ({ emoji, at, score: scoreOf(emoji, whole, parts) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, most)
    .map(({ emoji }) => emoji)
}

function scoreOf(emoji: Emoji, whole: string, parts: readonly string[]): number {
  const [first = ''] = emoji.codes
  if (emoji.codes.includes(whole)) return 100
  if (fold(emoji.name) === parts.join(' ')) return 90
  if (first.startsWith(whole)) return 80
  if (emoji.codes.some((code) => code.startsWith(whole))) return 70
  const each = parts.map((part) => partScore(emoji, part))
  if (each.includes(0)) return 0
  // "Red heart" is likelier meant by "heart" than "heart with arrow" is.
  return Math.min(...each) - Math.min(9, emoji.name.split(' ').length)
}

function partScore({ codes, words }: Emoji, part: string): number {
  if (words.includes(part)) return 60
  if (words.some((word) => word.startsWith(part))) return 50
  if (codes.some((code) => code.split('_').some((word) => word.startsWith(part)))) return 40
  // One or two letters are within nearly every word.
  const isWithin = part.length > 2 && [...words, ...codes].some((word) => word.includes(part))
  return isWithin ? 20 : 0
}

/** The emoji of a whole shortcode. */
export const emojiOfCode = (table: EmojiTable, code: string): Emoji | undefined =>
  table.all.find(({ codes }) => codes.includes(code))
