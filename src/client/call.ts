import type { ClientResponse } from 'hono/client'
import type { SuccessStatusCode } from 'hono/utils/http-status'
import { AppError, errorBodySchema } from '../protocol/errors.ts'

/** The part of an answer that is looked at: both `Response` and Hono's typed answers have it. */
type Answer = Pick<Response, 'ok' | 'status' | 'json'>

type Success<R> =
  R extends ClientResponse<infer Body, infer Status>
    ? Status extends SuccessStatusCode
      ? Body
      : never
    : never

/**
 * The body of a success, typed by its route: `await call(client.api.rooms.$get())`.
 * @throws AppError for every other answer
 */
export async function call<R extends ClientResponse<unknown>>(
  request: Promise<R>,
): Promise<Success<R>> {
  const response = await request
  // The route's own type says what a success carries.
  return (response.status === 204 ? undefined : await bodyOf(response)) as Success<R>
}

/** The body of a success. @throws AppError for every other answer */
export async function bodyOf(response: Answer): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  const { data } = errorBodySchema.safeParse(body)
  if (!data) throw new Error(`The server answered ${response.status}`)
  throw new AppError(data.error.code, data.error.message, data.error)
}
