import type { Accessor } from 'solid-js'
import { useUserSettings } from '../settings/user-settings.ts'
import { shapeOf, withTone } from './tone.ts'

const usual = ['👍', '❤️', '😂', '🎉', '👀']
/** As many as the settings take (`UserSettings.recentEmoji`). */
const mostKept = 36

/** The list with this one in front. */
export const withRecent = (recent: readonly string[], emoji: string): string[] =>
  [emoji, ...recent.filter((other) => other !== emoji)].slice(0, mostKept)

/** What lies nearest at hand: the last ones used, then what everyone uses. Each shape once. */
export function quickFrom(recent: readonly string[], tone: number, count: number): string[] {
  const [thumb = '', ...others] = usual
  const shapes = new Map<string, string>()
  for (const emoji of [...recent, withTone(thumb, tone), ...others]) {
    if (!shapes.has(shapeOf(emoji))) shapes.set(shapeOf(emoji), emoji)
  }
  return [...shapes.values()].slice(0, count)
}

/** How I use emoji, on all my devices. */
export interface EmojiHabits {
  /** The newest first. */
  recent: Accessor<readonly string[]>
  /** For a toolbar: recent ones, then the usual ones. */
  quick: (count?: number) => string[]
  tone: Accessor<number>
  setTone: (tone: number) => void
  /** Remembers a use; the picker does it for what is picked in it. */
  used: (emoji: string) => void
}

export function useEmojiHabits(): EmojiHabits {
  const { settings, change } = useUserSettings()
  const recent = () => settings().recentEmoji ?? []
  const tone = () => settings().skinTone ?? 0
  return {
    recent,
    tone,
    quick: (count = 5) => quickFrom(recent(), tone(), count),
    setTone: (next) => void change({ skinTone: next }),
    used: (emoji) => {
      if (recent()[0] !== emoji) void change({ recentEmoji: withRecent(recent(), emoji) })
    },
  }
}

/** The emoji nearest at hand. Reactive; call it once in a component and read the answer's `quick()`. */
export const quickEmoji = (): Accessor<string[]> => {
  const habits = useEmojiHabits()
  return () => habits.quick()
}
