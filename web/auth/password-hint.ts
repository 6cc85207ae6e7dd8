import { limits } from '../../src/protocol/limits.ts'

/** What to tell about a password while it is typed. Only length is a rule; the rest is advice. */
export type PasswordHint =
  | { type: 'empty' }
  | { type: 'missing'; count: number }
  | { type: 'repeats' }
  | { type: 'is-you' }
  | { type: 'fair' }
  | { type: 'good' }

/** @param about what others know of the person: name, e-mail */
export function passwordHint(password: string, about: readonly string[]): PasswordHint {
  const letters = Array.from(password.toLowerCase())
  if (letters.length === 0) return { type: 'empty' }
  const missing = limits.passwordMinChars - letters.length
  if (missing > 0) return { type: 'missing', count: missing }
  if (new Set(letters).size < 5) return { type: 'repeats' }
  if (about.flatMap(partsOf).some((part) => password.toLowerCase().includes(part)))
    return { type: 'is-you' }
  return { type: letters.length >= 14 ? 'good' : 'fair' }
}

/** The parts of a name or address that are long enough to give a password away. */
const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4)
