import { AppError } from '../protocol/errors.ts'
import { SignedOut } from './connection.ts'

/** How a client shows who it is: a token, an e-mail and password, or whatever makes tokens. */
export type Credentials =
  | { accessToken: string }
  | { email: string; password: string }
  /** `fresh`: the last one ended or is about to. Throw `SignedOut` when there are no more. */
  | { getToken: (fresh: boolean) => Promise<string> }

export type TokenSource = (fresh: boolean) => Promise<string>

interface Token {
  value: string
  endsAtMs: number
}

/** A token that ends sooner is not worth starting with. */
const marginMs = 30_000

/** Answers tokens that live; many who ask at once share one sign-in. */
export function createTokenSource(
  credentials: Credentials,
  signIn: (email: string, password: string) => Promise<{ accessToken: string; expiresAt: string }>,
  clock: () => number,
): TokenSource {
  if ('getToken' in credentials) return credentials.getToken
  if ('accessToken' in credentials) {
    return (fresh) =>
      fresh
        ? Promise.reject(new SignedOut('The access token ended'))
        : Promise.resolve(credentials.accessToken)
  }
  const { email, password } = credentials
  let token: Token | null = null
  let signingIn: Promise<string> | null = null

  const renew = async (): Promise<string> => {
    try {
      const { accessToken, expiresAt } = await signIn(email, password)
      token = { value: accessToken, endsAtMs: Date.parse(expiresAt) }
      return accessToken
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_credentials') {
        throw new SignedOut(error.message, { cause: error })
      }
      throw error
    } finally {
      signingIn = null
    }
  }

  return (fresh) => {
    if (!fresh && token && token.endsAtMs - clock() > marginMs) return Promise.resolve(token.value)
    return (signingIn ??= renew())
  }
}
