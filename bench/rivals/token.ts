import { createHmac, timingSafeEqual } from 'node:crypto'

const secret = process.env['JWT_SECRET'] ?? ''

/** The user of an HS256 access token, as a common server reads it: signature and end, no database. */
export function userOf(bearer: string | undefined): string | null {
  const [head, body, signature] = (bearer?.replace(/^Bearer /, '') ?? '').split('.')
  if (!head || !body || !signature) return null
  const made = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== made.length || !timingSafeEqual(given, made)) return null
  // What was signed is what Parley issued.
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
    sub: string
    exp: number
  }
  return claims.exp * 1_000 > Date.now() ? claims.sub : null
}
