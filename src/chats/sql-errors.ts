/** The five letters by which Postgres names an error; none when the connection failed instead. */
const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const uniqueViolation = '23505'

/** The name of the constraint is told by `constraintOf`. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === uniqueViolation

/** Classes 22 (data exception) and 23 (integrity): the rows themselves are at fault, for ever. */
export const isDataError = (error: unknown): boolean => /^2[23]\w{3}$/.test(sqlState(error))

export const constraintOf = (error: unknown): string | null =>
  error instanceof Error && 'constraint_name' in error && typeof error.constraint_name === 'string'
    ? error.constraint_name
    : null
