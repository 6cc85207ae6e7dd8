import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { AppError } from '../protocol/errors.ts'

/** Design, section 5: the same bytes on every runtime; about 16 MB and 50 ms each. */
const cost = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 1024 * 1024 } satisfies ScryptOptions
const keyBytes = 32
const saltBytes = 16
const atOnceMax = 4
const waitingMax = 100

let running = 0
const waiting: (() => void)[] = []

/** At most four at once; a flood of sign-ins is refused instead of starving the chats (security 19). */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= atOnceMax) {
    if (waiting.length >= waitingMax) {
      throw new AppError('overloaded', 'Too many people sign in at once; try again soon', {
        retryAfterMs: 2_000,
      })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place goes to the next in line, so the count stays.
    if (next) next()
    else running -= 1
  }
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => {
          if (error) reject(error)
          else resolve(key)
        })
      }),
  )

/** `$scrypt$ln=14,r=8,p=5$salt$key`, both parts in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const key = await derive(password, salt)
  return `$scrypt$ln=14,r=8,p=5$${salt.toString('base64')}$${key.toString('base64')}`
}

const nobody = `$scrypt$ln=14,r=8,p=5$${Buffer.alloc(saltBytes).toString('base64')}$${Buffer.alloc(keyBytes).toString('base64')}`

/** Whether `password` is the one of `hash`. Without a hash as much is computed, for nothing (security 16). */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, scheme, , salt = '', key = ''] = (hash ?? nobody).split('$')
  const found = await derive(password, Buffer.from(salt, 'base64'))
  const expected = Buffer.from(key, 'base64')
  const isEqual = expected.length === found.length && timingSafeEqual(found, expected)
  return hash !== undefined && scheme === 'scrypt' && isEqual
}
