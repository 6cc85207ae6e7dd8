import type { ErrorBody, ErrorCode, FieldError } from '../src/protocol/errors.ts'

/** `network`: no answer came, so it is not known whether the server did what was asked. */
export type ApiErrorCode = ErrorCode | 'network'

/** Any request that was not answered with success; its `message` may be shown to people. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  /** 0 for `network`. */
  readonly status: number
  readonly fields: FieldError[]
  readonly retryAfterMs: number | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    more: { status?: number; fields?: FieldError[]; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.code = code
    this.status = more.status ?? 0
    this.fields = more.fields ?? []
    this.retryAfterMs = more.retryAfterMs
  }

  /** What was wrong with one field of the body, if the server named it. */
  field(name: string): string | undefined {
    return this.fields.find((field) => field.field === name)?.message
  }
}

/** The error that a refused answer tells of; one that is not Parley's own (a proxy's) is `internal`. */
export async function errorOf(response: Pick<Response, 'status' | 'json'>): Promise<ApiError> {
  const { status } = response
  try {
    // The server's one error shape; a body without it lands in the catch below.
    const { error } = (await response.json()) as ErrorBody
    return new ApiError(error.code, error.message, {
      status,
      ...(error.fields && { fields: error.fields }),
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    })
  } catch (cause) {
    return new ApiError(status === 503 ? 'overloaded' : 'internal', `HTTP ${status}`, {
      status,
      cause,
    })
  }
}

export const networkError = (cause: unknown): ApiError =>
  new ApiError('network', 'The server can’t be reached.', { cause })

/** Anything caught, as an ApiError. */
export const asApiError = (caught: unknown): ApiError =>
  caught instanceof ApiError
    ? caught
    : new ApiError('internal', caught instanceof Error ? caught.message : 'Something went wrong.', {
        cause: caught,
      })
