import { z } from 'zod'

/** Every error code of the API, with the HTTP status that carries it over REST. */
export const errorStatus = {
  malformed: 400,
  invalid_cursor: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  token_expired: 401,
  session_revoked: 401,
  forbidden: 403,
  bad_origin: 403,
  https_required: 403,
  registration_closed: 403,
  not_member: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  handle_taken: 409,
  name_taken: 409,
  cid_conflict: 409,
  room_archived: 409,
  last_owner: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  too_long: 422,
  unknown_type: 422,
  rate_limited: 429,
  internal: 500,
  overloaded: 503,
  draining: 503,
  quota_exceeded: 507,
  storage_full: 507,
} as const

export type ErrorCode = keyof typeof errorStatus
export type ErrorStatus = (typeof errorStatus)[ErrorCode]

// Object.keys forgets the key type; the object is a literal, so it has these keys and no others.
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() })
export type FieldError = z.infer<typeof fieldErrorSchema>

/** The body of every REST answer that is not a success. */
export const errorBodySchema = z
  .object({
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      fields: z.array(fieldErrorSchema).optional(),
      retryAfterMs: z.int().nonnegative().optional(),
    }),
  })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof errorBodySchema>

export interface AppErrorOptions {
  cause?: unknown
  fields?: FieldError[]
  retryAfterMs?: number
}

/** The one error thrown inside. Its message is read by strangers: no SQL, no path, no secret. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly fields: FieldError[] | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.fields = options.fields
    this.retryAfterMs = options.retryAfterMs
  }

  get status(): ErrorStatus {
    return errorStatus[this.code]
  }

  /** What a client sees; the same over REST (inside `error`) and over the socket. */
  toJSON(): ErrorBody['error'] {
    return {
      code: this.code,
      message: this.message,
      ...(this.fields && { fields: this.fields }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    }
  }
}

/**
 * Parses what came from outside. zod compares whatever calls itself a `length`, and an object made
 * for it throws there: that is bad input too.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): { success: true; data: z.output<Schema> } | { success: false; error: z.ZodError } {
  try {
    return schema.safeParse(raw)
  } catch {
    const message = 'must be plain data'
    return {
      success: false,
      error: new z.ZodError([{ code: 'custom', path: [], message, input: raw }]),
    }
  }
}

/** A zod failure as the wire tells it: each field by its path, with what was expected. */
export function invalidInput(error: z.core.$ZodError, what: string): AppError {
  const fields = error.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const tooLong = error.issues.some(
    (issue) => issue.code === 'too_big' && issue.origin === 'string',
  )
  const named = fields.map(({ field, message }) => (field ? `${field}: ${message}` : message))
  return new AppError(tooLong ? 'too_long' : 'invalid', `${what}: ${named.join('; ')}`, { fields })
}
