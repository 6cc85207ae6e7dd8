import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const fresh = `${path}.new-${process.pid}`
  writeFileSync(fresh, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    // A link never replaces: of two that start at once one wins, and both read its key.
    linkSync(fresh, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(fresh)
  }
  const key = readFileSync(path, 'utf8').trim()
  if (Buffer.byteLength(key) < 32)
    throw new Error(`${path} is damaged: remove it, everyone signs in again`)
  return key
}
