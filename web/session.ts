import { createSignal } from 'solid-js'
import type { Me, SignedIn } from '../src/protocol/users.ts'
import { errorOf, networkError } from './api-error.ts'
import { makeShelf } from './live/storage.ts'

/** `unknown` until the first `restoreSession` has answered. */
export type SessionState =
  | { status: 'unknown' }
  | { status: 'in'; user: Me }
  | { status: 'out'; reason?: 'ended' }

const [session, setSession] = createSignal<SessionState>({ status: 'unknown' })

/** Who is signed in on this page; `reason: 'ended'` when the server ended it, not the person. */
export { session }

/** The access token lives here and nowhere else: no storage that a script could read later. */
let token: { value: string; endsAt: number } | null = null
let refreshing: Promise<string | null> | null = null

/** A token with less left than this is renewed before it is used, in milliseconds. */
const marginMs = 30_000

/** After sign-in, sign-up and refresh: from now on this page acts as that user. */
export function acceptSession(signedIn: SignedIn): void {
  const current = session()
  if (current.status === 'in' && current.user.id !== signedIn.user.id) {
    // Another tab signed in as someone else: nothing of the first user may stay on this page.
    location.reload()
    return
  }
  token = { value: signedIn.accessToken, endsAt: Date.now() + lifeMs(signedIn) }
  shelf.set(markKey, 'yes')
  setSession({ status: 'in', user: signedIn.user })
}

/** Scripts can't see the cookie: this says whether asking for a session is worth a request. */
const shelf = makeShelf('parley:')
const markKey = 'signed-in'
const wasSignedIn = (): boolean => shelf.get(markKey) !== null

/** My profile changed. */
export function setMe(user: Me): void {
  if (session().status === 'in') setSession({ status: 'in', user })
}

let isLeaving = false

/**
 * While I sign out here. The full load that ends it must be the only way that the page goes: a
 * session found ended meanwhile would lead to sign-in too, and be loaded away under its reader.
 */
export function setLeaving(leaving: boolean): void {
  isLeaving = leaving
}

/** Forgets the session on this page; `ended` when the server said so. */
export function dropSession(reason?: 'ended'): void {
  token = null
  shelf.remove(markKey)
  if (isLeaving) return
  setSession(reason ? { status: 'out', reason } : { status: 'out' })
}

/** The token at hand, were it only to send; null when signed out. */
export const currentToken = (): string | null => token?.value ?? null

/**
 * A token that still lives for a while, renewed by the refresh cookie if need be; null when signed
 * out. `force` renews one that the server refused although it looked alive.
 * @throws ApiError `network` and others that do not speak about the session
 */
export function accessToken(force = false): Promise<string | null> {
  if (!force && token && token.endsAt - Date.now() > marginMs) return Promise.resolve(token.value)
  refreshing ??= oneTabAtATime(refresh).finally(() => (refreshing = null))
  return refreshing
}

/** Once at the start of the page: signs in by the refresh cookie, if there is one that holds. */
export async function restoreSession(): Promise<void> {
  if (wasSignedIn()) await accessToken(true)
  else dropSession()
}

async function refresh(): Promise<string | null> {
  const response = await fetch('/api/auth/refresh', { method: 'POST' }).catch((cause: unknown) => {
    throw networkError(cause)
  })
  if (response.status === 401) {
    dropSession(session().status === 'in' ? 'ended' : undefined)
    return null
  }
  if (!response.ok) throw await errorOf(response)
  // The server's own answer, of the shape that its route declares.
  const signedIn = (await response.json()) as SignedIn
  acceptSession(signedIn)
  return signedIn.accessToken
}

/** Each refresh rotates the cookie that all tabs share, so two at once would race. Absent over plain http. */
const oneTabAtATime = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('parley-refresh', work) : work()

/** How long the token lives by its own claims: the clock of this machine may be hours off. */
function lifeMs(signedIn: SignedIn): number {
  try {
    const payload = signedIn.accessToken.split('.')[1] ?? ''
    const json = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    // The claims of our own server; what is missing turns to NaN and falls to the line below.
    const { iat, exp } = JSON.parse(json) as { iat?: number; exp?: number }
    const life = (Number(exp) - Number(iat)) * 1000
    if (life > 0) return life
  } catch {
    // Not a JWT that we can read: the answer's own time will do.
  }
  return Date.parse(signedIn.expiresAt) - Date.now()
}
