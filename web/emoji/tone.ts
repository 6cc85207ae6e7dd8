/** 0 none, 1 light to 5 dark; as `UserSettings.skinTone`. */
export const tones = [0, 1, 2, 3, 4, 5] as const
export type Tone = (typeof tones)[number]

const modifier = /[\u{1F3FB}-\u{1F3FF}]/gu
/** A base with the selector that asks for colour, which a skin tone stands in for. */
const base = /(\p{Emoji_Modifier_Base})\uFE0F?/gu
const handshake = '\u{1F91D}'
const joiner = '\u200D'

/** The emoji in a skin tone; everyone in it has the same. Give it what the table has, with `hasTones`. */
export function withTone(emoji: string, tone: number): string {
  if (tone < 1 || tone > 5) return emoji
  const sign = String.fromCodePoint(0x1f3fa + tone)
  // Between two people the handshake is what they do, and stays as it is.
  return emoji.replace(base, (whole, person: string) =>
    person === handshake && emoji.includes(joiner) ? whole : person + sign,
  )
}

/** What an emoji is in any skin tone, to compare by; not to be shown. */
export const shapeOf = (emoji: string): string =>
  emoji.replace(modifier, '').replaceAll('\uFE0F', '')
