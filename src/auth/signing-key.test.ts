import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSigningKey } from './signing-key.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'parley-key-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

test('a key is made once, for its owner alone, and kept', () => {
  const key = loadSigningKey({ dataDir })
  expect(Buffer.byteLength(key)).toBeGreaterThanOrEqual(32)
  expect(loadSigningKey({ dataDir })).toBe(key)
  expect(statSync(join(dataDir, 'signing-key')).mode & 0o777).toBe(0o600)
})

test('two processes that start at once get one key', async () => {
  const own = join(dataDir, 'race')
  const script = `console.log((await import('${import.meta.dir}/signing-key.ts')).loadSigningKey({ dataDir: process.argv[1] }))`
  const keys = await Promise.all(
    Array.from({ length: 6 }, () =>
      new Response(
        Bun.spawn([process.execPath, '-e', script, own], { stdout: 'pipe' }).stdout,
      ).text(),
    ),
  )
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]?.trim()).toBe(loadSigningKey({ dataDir: own }))
})

test('security 59: JWT_SECRET wins, and a damaged key file is refused', () => {
  expect(loadSigningKey({ secret: 'x'.repeat(32), dataDir })).toBe('x'.repeat(32))
  writeFileSync(join(dataDir, 'signing-key'), 'short')
  expect(() => loadSigningKey({ dataDir })).toThrow('damaged')
})
