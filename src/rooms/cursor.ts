import { z } from 'zod'
import { AppError } from '../protocol/errors.ts'
import { idSchema, isStorable } from '../protocol/text.ts'

const placeSchema = z.tuple([z.string().max(200).refine(isStorable), idSchema])

/** Where a page by name ended: opaque to clients. */
export interface NamePlace {
  name: string
  id: string
}

export const cursorOf = ({ name, id }: NamePlace): string =>
  btoa(encodeURIComponent(JSON.stringify([name, id])))

/** @throws AppError `invalid_cursor` */
export function readCursor(cursor: string): NamePlace {
  try {
    const [name, id] = placeSchema.parse(JSON.parse(decodeURIComponent(atob(cursor))))
    return { name, id }
  } catch (cause) {
    throw new AppError('invalid_cursor', 'The cursor is not one that a page gave', { cause })
  }
}

/** Cuts the row that was read beyond the page, which tells that there is another one. */
export function pageOf<Row>(rows: Row[], size: number, placeOf: (row: Row) => NamePlace) {
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return { page, nextCursor: rows.length > size && last ? cursorOf(placeOf(last)) : null }
}
