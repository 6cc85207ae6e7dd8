import { z } from 'zod'
import { limits } from './limits.ts'

/** Control, bidi and zero-width characters: invisible, so they make one name look like another. */
const invisible =
  /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|[\u115F\u1160\u3164\uFFA0]|\u17B4|\u17B5/u

/** Postgres stores no NUL, and UTF-8 has no lone surrogates: both are refused at the edge. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** What people write: trimmed of nothing, any script, no NUL. */
export const messageSchema = z
  .string()
  .max(limits.messageChars, `at most ${limits.messageChars} characters`)
  .refine(isStorable, 'must not contain NUL or lone surrogates')

/** One visible line, as in names and topics; normalised so that equal looks are equal bytes. */
export const lineSchema = (max: number, min = 1) =>
  z
    .string()
    .max(max, `at most ${max} characters`)
    .refine(isStorable, 'must not contain NUL or lone surrogates')
    .transform((text) =>
      text
        .normalize('NFC')
        .trim()
        .replace(/[ \u00A0]+/g, ' '),
    )
    .refine((text) => !invisible.test(text), 'must not contain control or invisible characters')
    .refine((text) => text.length >= min, 'must not be empty')

/**
 * A handle: what follows `@`. ASCII only, so that no two look alike across scripts.
 * Starts with a letter or digit; `.`, `_` and `-` inside.
 */
export const handleSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(limits.handleChars, `at most ${limits.handleChars} characters`)
  .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/, 'letters a–z, digits, and . _ - between them')
  .refine(
    (handle) => !['room', 'here', 'all', 'everyone', 'channel'].includes(handle),
    'is reserved',
  )

/** Lower-case, as the server writes ids: they are compared as text. */
export const idSchema = z.uuid('must be an id').toLowerCase()

export const cidSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(limits.cidChars, `at most ${limits.cidChars} characters`)
  .regex(/^[\x21-\x7E]+$/, 'printable ASCII without spaces')

const oneEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v')

/** One emoji, as people pick it: what Unicode calls a recommended sequence. */
export const emojiSchema = z
  .string()
  .max(64, 'must be one emoji')
  // The document of the API can't say it: JSON Schema has no flag for properties of strings.
  .refine((text) => oneEmoji.test(text), 'must be one emoji')

export const seqSchema = z.int('must be a whole number').nonnegative('must not be negative')

/** A moment, ISO 8601 in UTC. */
export const timeSchema = z.iso.datetime()

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '|': 'l',
  i: 'l',
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'l',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ѵ: 'v',
  ԝ: 'w',
  г: 'r',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'l',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'l',
  ɡ: 'g',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'b',
}

/**
 * The key under which names that look alike collide (after UTS #39's skeleton, with a table of the
 * letters people do mix up): case, accents, width, spaces and look-alike letters folded.
 */
export function lookalikeKey(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s._-]+/g, '-')
  return Array.from(folded, (letter) => lookalikes[letter] ?? letter).join('')
}

/** The readable part of a room's address: letters and digits of any script, joined by `-`. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, limits.nameChars)
}
