import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { createTurns } from './turns.ts'

/** What a hash was made with; `ln` is the logarithm of scrypt's N. */
interface Cost {
  ln: number
  r: number
  p: number
}

/** Design, section 5: the same bytes on every runtime; about 16 MB and 50 ms each. */
const cost: Cost = { ln: 14, r: 8, p: 5 }
const keyBytes = 32
const saltBytes = 16
const maxmem = 64 * 1024 * 1024

/** Each keeps a core busy while it lasts: one is left to the chats (security 19). */
const inTurn = createTurns({ atOnce: Math.max(1, availableParallelism() - 1), waiting: 50 })

const derive = (password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const options = { N: 2 ** ln, r, p, maxmem }
        // One password typed on two keyboards may differ in composition alone.
        scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
          if (error) reject(error)
          else resolve(key)
        })
      }),
  )

const format = ({ ln, r, p }: Cost, salt: Buffer, key: Buffer): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${key.toString('base64')}`

const formatted = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/

/** `$scrypt$ln=14,r=8,p=5$salt$key`, both parts in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return format(cost, salt, await derive(password, salt, cost))
}

const nobody = format(cost, Buffer.alloc(saltBytes), Buffer.alloc(keyBytes))

/** Whether `password` is the one of `hash`. Without a hash as much is computed, for nothing (security 16). */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, ln, r, p, salt = '', key = ''] = formatted.exec(hash ?? nobody) ?? []
  // Not a hash of ours: an account that has no password.
  if (ln === undefined) return false
  const made = { ln: Number(ln), r: Number(r), p: Number(p) }
  const found = await derive(password, Buffer.from(salt, 'base64'), made)
  const expected = Buffer.from(key, 'base64')
  const isEqual = expected.length === found.length && timingSafeEqual(found, expected)
  return hash !== undefined && isEqual
}
