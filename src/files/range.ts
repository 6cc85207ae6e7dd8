import type { ByteRange } from './ports.ts'

/**
 * The part that a `Range` header asks for of `bytes` bytes; null for all of them, which is also the
 * answer to several parts at once or to words that are not understood (RFC 9110, 14.2).
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'none' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? 'none' : { start: bytes - length, end: bytes - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return null
  if (start >= bytes) return 'none'
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}
