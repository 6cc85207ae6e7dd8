import type { Everyone } from './chats.ts'

const everyoneWord = /(?<![\p{L}\p{N}_@])@(room|here)(?![\p{L}\p{N}_-])/iu

/** Whether a text speaks to everyone; `@room` says more than `@here`. */
export function everyoneIn(message: string): Everyone | undefined {
  if (!message.includes('@')) return undefined
  const words = message.match(new RegExp(everyoneWord, 'giu'))?.map((word) => word.toLowerCase())
  if (!words) return undefined
  return words.includes('@room') ? 'room' : 'here'
}

/** The `@handles` a text speaks of, lower-case, each once. Code spans are not looked at: a mention there still tells. */
export function handlesIn(message: string): string[] {
  const found = message.matchAll(/(?<![\p{L}\p{N}_@])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)/giu)
  return [...new Set(Array.from(found, (match) => match[1]?.toLowerCase() ?? ''))].slice(0, 50)
}
