import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdShared, tryExclusive, withLock } from './embedded-locks.ts'

const directory = mkdtempSync(join(tmpdir(), 'parley-locks-'))
afterAll(() => rmSync(directory, { recursive: true }))

test('many share a lock, and nobody has it whole before the last of them is gone', () => {
  const path = join(directory, 'shared')
  const [first, second] = [holdShared(path), holdShared(path)]
  expect(tryExclusive(path)).toBeNull()
  first.release()
  expect(tryExclusive(path)).toBeNull()
  second.release()
  const whole = tryExclusive(path)
  expect(whole).not.toBeNull()
  whole?.release()
})

test('work under one lock never overlaps', async () => {
  const path = join(directory, 'work')
  let inside = 0
  const overlaps = await Promise.all(
    Array.from({ length: 5 }, () =>
      withLock(path, 10_000, async () => {
        inside += 1
        const seen = inside
        await Bun.sleep(1)
        inside -= 1
        return seen
      }),
    ),
  )
  expect(overlaps).toEqual([1, 1, 1, 1, 1])
})

test('a lock is free again when the work under it failed', async () => {
  const path = join(directory, 'failed')
  await expect(withLock(path, 0, () => Promise.reject(new Error('it failed')))).rejects.toThrow(
    'failed',
  )
  expect(await withLock(path, 0, () => Promise.resolve('free'))).toBe('free')
})

test('who waits too long for a lock is told what for', async () => {
  const path = join(directory, 'held')
  const held = tryExclusive(path)
  await expect(withLock(path, 30, () => Promise.resolve())).rejects.toThrow(
    'Another Parley is starting',
  )
  held?.release()
})

test('the death of its holder frees a lock', async () => {
  const path = join(directory, 'killed')
  const module = join(import.meta.dir, 'embedded-locks.ts')
  const code = `import { tryExclusive } from ${JSON.stringify(module)}
    if (tryExclusive(${JSON.stringify(path)})) console.log('held')
    setInterval(() => {}, 1000)`
  const child = Bun.spawn([process.execPath, '-e', code], { stdout: 'pipe', stderr: 'inherit' })
  try {
    const { value } = await child.stdout.getReader().read()
    expect(new TextDecoder().decode(value)).toBe('held\n')
    expect(tryExclusive(path)).toBeNull()
  } finally {
    child.kill('SIGKILL')
    await child.exited
  }
  const whole = tryExclusive(path)
  expect(whole).not.toBeNull()
  whole?.release()
})
