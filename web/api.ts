import { hc, type ClientResponse } from 'hono/client'
import type { SuccessStatusCode } from 'hono/utils/http-status'
import type { AppType } from '../src/app.ts'
import { errorOf, networkError } from './api-error.ts'
import { accessToken, currentToken } from './session.ts'

export { ApiError, asApiError } from './api-error.ts'
export type { ApiErrorCode } from './api-error.ts'
export {
  acceptSession,
  accessToken,
  dropSession,
  setLeaving,
  restoreSession,
  session,
  setMe,
} from './session.ts'
export type { SessionState } from './session.ts'

/** The typed REST client: `call(api.rooms.$get())`. */
export const api = hc<AppType>('/', { fetch: authedFetch }).api

/** The body of a success; every other answer throws. `call(api.rooms.$post({ json }))`. @throws ApiError */
export async function call<R extends ClientResponse<unknown>>(
  request: Promise<R>,
): Promise<Success<R>> {
  const response = await request
  if (!response.ok) throw await errorOf(response)
  // The route's type says what a success carries; 204 carries nothing.
  return (response.status === 204 ? undefined : await response.json()) as Success<R>
}

type Success<R> =
  R extends ClientResponse<infer Body, infer Status>
    ? Status extends SuccessStatusCode
      ? Body
      : never
    : never

/** `fetch` with the access token; a 401 for a token that looked alive renews it once and repeats. */
export async function authedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const hadToken = currentToken() !== null
  const first = await send(input, init, hadToken ? await accessToken() : null)
  // A wrong password is a 401 too; only what speaks of the token is worth another try.
  if (first.status !== 401 || !hadToken || !(await isAboutToken(first))) return first
  const renewed = await accessToken(true)
  return renewed ? send(input, init, renewed) : first
}

async function isAboutToken(response: Response): Promise<boolean> {
  const { code } = await errorOf(response.clone())
  return code === 'unauthenticated' || code === 'token_expired' || code === 'session_revoked'
}

async function send(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  token: string | null,
): Promise<Response> {
  const headers = new Headers(init?.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  try {
    return await fetch(input, { ...init, headers })
  } catch (cause) {
    throw networkError(cause)
  }
}
