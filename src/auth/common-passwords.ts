import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import { commonWords } from './common-words.ts'
import { isWalk } from './keyboard-walk.ts'

const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
/** `p4ssw0rd` → `password` */
const plainOf = (text: string): string =>
  Array.from(text, (letter) => leet[letter] ?? letter).join('')

const isWords = (text: string): boolean => {
  if (commonWords.has(text)) return true
  for (let at = 3; at <= text.length - 2; at += 1) {
    if (commonWords.has(text.slice(0, at)) && commonWords.has(text.slice(at))) return true
  }
  return false
}

/** One to four characters over and over, or a walk over the keyboard. */
const isRun = (text: string): boolean => /^(.{1,4})\1+.{0,3}$/.test(text) || isWalk(text)

/** The parts of names and addresses that a guesser would try: `grace.hopper@example.com` → grace, hopper. */
const partsOf = (own: string): string[] =>
  (own.toLowerCase().split('@')[0] ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4)

/** Whether little is left of `plain` once a word that is known about its owner is taken out. */
const isAbout = (plain: string, word: string): boolean =>
  plain.includes(word) && plain.replaceAll(word, '').length < limits.passwordMinChars

/**
 * Whether a password of 8 characters or more is among those that are tried first (security 20): one
 * of the common words, or two of them, with digits and signs around; a run; something about its
 * owner. That covers the published lists of the most used better than a list would.
 *
 * `own` is what a guesser may know of its owner: e-mail address, name, handle.
 */
export function isCommonPassword(password: string, own: string[] = []): boolean {
  const plain = password.toLowerCase()
  if (isRun(plain) || /^\d+$/.test(plain)) return true
  const cores = [plain, plainOf(plain)].flatMap((text) => [
    text.replace(/^[^a-z]+|[^a-z]+$/g, ''),
    text.replace(/[^a-z]/g, ''),
  ])
  cores.push(plainOf(plain.replace(/^\W+|[\W\d]+$/g, '')))
  if (cores.some((core) => isWords(core) || (core.length > 3 && isRun(core)))) return true
  return ['parley', ...own.flatMap(partsOf)].some((word) => isAbout(plain, word))
}

/** @throws AppError `invalid` that names `field` */
export function refuseCommon(password: string, field: string, own: string[]): void {
  if (!isCommonPassword(password, own)) return
  throw new AppError('invalid', `${field}: is one of the first that are guessed`, {
    fields: [{ field, message: 'is one of the first that are guessed; choose another' }],
  })
}
