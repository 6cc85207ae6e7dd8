import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

interface SigningKeyOptions {
  /** `JWT_SECRET`; absent: one is made and kept in the data directory. */
  secret?: string | undefined
  dataDir: string
}

/** The secret that access tokens are signed with: the operator's, or this installation's own. */
export function loadSigningKey({ secret, dataDir }: SigningKeyOptions): string {
  if (secret !== undefined) return secret
  const path = join(dataDir, 'signing-key')
  const key = read(path) ?? make(dataDir, path)
  if (Buffer.byteLength(key) < 32) {
    throw new Error(`${path} is damaged: remove it, and everyone signs in again`)
  }
  return key
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function make(dataDir: string, path: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const fresh = `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  writeDurably(fresh, randomBytes(32).toString('base64url'))
  try {
    // A link never replaces: of two that start at once one wins, and both read its key.
    linkSync(fresh, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(fresh)
  }
  return readFileSync(path, 'utf8').trim()
}

/** On disk before it has its name: after a power cut the key is whole, or was never made. */
function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
