import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../protocol/errors.ts'
import { idSchema, isStorable } from '../protocol/text.ts'
import type { Round } from './conditions.ts'

/** Where a page ended. */
export interface SearchPlace {
  round: Round
  at: string
  roomId: string
  seq: number
}

const placeSchema = z.tuple([
  z.string(),
  z.union([z.literal(0), z.literal(1), z.literal(2)]),
  z
    .string()
    .max(64)
    .refine(isStorable)
    .refine((text) => /^\d{4,}-[\d:. +-]+$/.test(text)),
  idSchema,
  z.int().nonnegative(),
])

/** Of one search of one person: a cursor fits no other. */
export const sealOf = (userId: string, query: string, roomId = ''): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, query, roomId]))
    .digest('base64url')
    .slice(0, 22)

export const writeCursor = (seal: string, { round, at, roomId, seq }: SearchPlace): string =>
  btoa(JSON.stringify([seal, round, at, roomId, seq]))

/** @throws AppError `invalid_cursor` when it is of another search, or of nobody's */
export function readCursor(seal: string, cursor: string): SearchPlace {
  try {
    const [sealed, round, at, roomId, seq] = placeSchema.parse(JSON.parse(atob(cursor)))
    if (sealed === seal) return { round, at, roomId, seq }
  } catch (cause) {
    throw new AppError('invalid_cursor', 'The cursor is not one that a page gave', { cause })
  }
  throw new AppError('invalid_cursor', 'The cursor is of another search')
}
