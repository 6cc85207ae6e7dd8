import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import { tooLarge } from './refusals.ts'

/**
 * The bytes of a request, as they come. One that says beforehand that it is too large is refused before
 * the first of them.
 * @throws AppError `too_large`, or `malformed` when the other side went away in the middle
 */
export function uploadBody(c: Context<AppEnv>, maxBytes: number): AsyncIterable<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  return wholeBody(c.req.raw)
}

async function* wholeBody({ body }: Request): AsyncGenerator<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await read(reader)
      if (done) return
      yield value
    }
  } finally {
    // Whoever stopped reading wants no more of it.
    await reader.cancel().catch(() => {})
  }
}

async function read(reader: Pick<ReadableStreamDefaultReader<Uint8Array>, 'read'>) {
  try {
    return await reader.read()
  } catch (cause) {
    throw new AppError('malformed', 'The upload ended before it was whole', { cause })
  }
}

/** Runs uploads, so many of one user at once: each holds space on the disk that no quota counts yet. */
export function createUploadSlots() {
  const running = new Map<string, number>()
  /** @throws AppError `rate_limited` */
  return async <T>(userId: string, work: () => Promise<T>): Promise<T> => {
    const count = running.get(userId) ?? 0
    if (count >= limits.uploadsAtOnce) {
      throw new AppError('rate_limited', 'Too many uploads at once; let some end first', {
        retryAfterMs: 1_000,
      })
    }
    running.set(userId, count + 1)
    try {
      return await work()
    } finally {
      const left = (running.get(userId) ?? 1) - 1
      if (left === 0) running.delete(userId)
      else running.set(userId, left)
    }
  }
}
