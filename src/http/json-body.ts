import type { Context } from 'hono'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'

/** No body of the API is nested deeper than a few levels. */
const maxDepth = 32

/**
 * Reads the body within its limit, chunked or not, and leaves it to be parsed.
 * @throws AppError `unsupported_media_type`, `too_large` or `malformed` (security 39)
 */
export async function readJsonBody(c: Context): Promise<void> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new AppError('unsupported_media_type', 'Send the body as application/json')
  }
  const text = decode(await readBytes(c.req.raw, limits.bodyBytes))
  if (depthOf(text) > maxDepth) throw new AppError('malformed', 'The JSON is nested too deeply')
  if (/__proto__|\\u005f/i.test(text) && hasProtoKey(parse(text))) {
    throw new AppError('malformed', 'The key __proto__ is not allowed')
  }
  c.req.raw = new Request(c.req.raw, { method: c.req.method, body: text })
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError('too_large', `A body may have at most ${maxBytes} bytes`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > maxBytes) throw tooLarge()
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch (cause) {
    throw new AppError('malformed', 'The body is not UTF-8', { cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed', 'The body is not JSON', { cause })
  }
}

/** How deep arrays and objects nest, found without parsing: the parser's stack is not for strangers. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth)
    else if (token === ']' || token === '}') depth--
  }
  return deepest
}

function hasProtoKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProtoKey)
}
