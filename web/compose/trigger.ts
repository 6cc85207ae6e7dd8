import { isInCode } from './writing.ts'

/** What is being typed that can be completed: from its sign to the caret. */
export interface Trigger {
  type: 'person' | 'room' | 'emoji'
  /** Without the sign. */
  query: string
  start: number
  end: number
}

/** More than any handle or shortcode: what is longer is something else. */
const longest = 42

const person = /(?<![\p{L}\p{N}_@./])@([\p{L}\p{N}\p{M}._-]*)$/u
const room = /(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}\p{M}-]*)$/u
/** Two characters at least; neither `:)` nor `10:30` nor the colon that ends a word. */
const emoji = /(?<![\p{L}\p{N}_:/])((?::\+1?)|:-1|:(?:\p{L}|100)[\p{L}\p{N}\p{M}_+-]*)$/u

/** What stands before the caret, if it begins a mention, a room or an emoji outside of code. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const from = Math.max(0, caret - longest)
  const before = text.slice(from, caret)
  const found = match('person', person, before) ?? match('room', room, before) ?? emojiIn(before)
  if (!found) return null
  const start = caret - found.query.length - 1
  return isInCode(text, start) ? null : { ...found, start, end: caret }
}

type Found = Pick<Trigger, 'type' | 'query'>

function match(type: 'person' | 'room', pattern: RegExp, text: string): Found | null {
  const query = pattern.exec(text)?.[1]
  return query === undefined ? null : { type, query }
}

function emojiIn(text: string): Found | null {
  const query = emoji.exec(text)?.[1]?.slice(1) ?? ''
  return Array.from(query).length < 2 ? null : { type: 'emoji', query }
}

/** A whole shortcode whose second colon was just typed, outside of code: `:tada:`. */
export function codeBefore(
  text: string,
  caret: number,
): { code: string; start: number; end: number } | null {
  const before = text.slice(Math.max(0, caret - longest), caret)
  const code = /(?<![\p{L}\p{N}_:/]):([a-z0-9_+-]+):$/u.exec(before)?.[1]
  if (code === undefined) return null
  const start = caret - code.length - 2
  return isInCode(text, start) ? null : { code, start, end: caret }
}
