/** The five letters by which Postgres names an error; none when the connection failed instead. */
export const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const uniqueViolation = '23505'

/**
 * The name of the unique index that a write ran into; undefined for any other failure. Drizzle wraps
 * the error of the client, so causes are looked at too.
 */
export function violatedIndex(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (sqlState(at) === uniqueViolation && 'constraint_name' in at)
      return String(at.constraint_name)
  }
  return undefined
}

/** The client's own words, the system's, and classes 08 (connection), 53 (resources) and 57P (shutdown). */
const away =
  /^(CONNECT(ION)?_\w+|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|08\w{3}|53\w{3}|57P\w{2})$/

/** The database can't be reached, is going down or coming up, or has no room: it will pass. */
export function isAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (away.test(sqlState(at))) return true
  }
  return false
}

/** Classes 22 (data exception) and 23 (integrity): the rows themselves are at fault, for ever. */
export const isDataError = (error: unknown): boolean => /^2[23]\w{3}$/.test(sqlState(error))

/** A statement that was ended for taking longer than it was given. */
export const isTimeout = (error: unknown): boolean => sqlState(error) === '57014'
