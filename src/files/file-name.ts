import { limits } from '../protocol/limits.ts'

/** Control and bidi characters: a name must look like what it is. */
const deceptive = /\p{Cc}|\p{Zl}|\p{Zp}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/**
 * A name as it is shown and offered for saving; files are never stored under it (security 52). Its
 * folders are left out, and of a long one the end stays, for it tells what the file is.
 */
export function cleanName(given: string): string {
  const base = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base.replace(deceptive, '').replace(/\s+/g, ' ').trim()
  // Nothing but dots would name a folder.
  const name = /^\.*$/.test(clean) ? 'file' : clean
  const letters = Array.from(name)
  if (letters.length <= limits.fileNameChars) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? Array.from(name.slice(dot)).slice(0, 16) : []
  return [...letters.slice(0, limits.fileNameChars - ending.length), ...ending].join('')
}

/** `Content-Disposition` with any name in it, by RFC 5987 and RFC 6266; plain ASCII for old readers. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7E]|["\\%]/g, '_')
  const coded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${coded}`
}
