import { shapeOf, withTone } from './tone.ts'
import type { Emoji, EmojiCategory, EmojiTable } from './table.ts'

/** One that can be picked, as it is shown and sent. */
export interface Pick {
  emoji: string
  name: string
  codes: readonly string[]
}

export interface PickSection {
  /** `found` is what a search brings. */
  name: EmojiCategory | 'recent' | 'found'
  picks: readonly Pick[]
}

/** Rows of the grid that the recent ones may fill. */
const recentMost = 18

export const pickOf = ({ emoji, hasTones, name, codes }: Emoji, tone: number): Pick => ({
  emoji: hasTones ? withTone(emoji, tone) : emoji,
  name,
  codes,
})

/** All there is, under headings: what was used last, then the categories of Unicode. */
export function sectionsOf(
  table: EmojiTable,
  recent: readonly string[],
  tone: number,
): PickSection[] {
  // Another client may know newer ones: without a name they can't be told.
  const known = recent.flatMap((emoji): Pick[] => {
    const entry = table.byShape.get(shapeOf(emoji))
    return entry ? [{ emoji, name: entry.name, codes: entry.codes }] : []
  })
  const all = table.categories.map(({ name, emoji }): PickSection => ({
    name,
    picks: emoji.map((entry) => pickOf(entry, tone)),
  }))
  return known.length > 0 ? [{ name: 'recent', picks: known.slice(0, recentMost) }, ...all] : all
}
