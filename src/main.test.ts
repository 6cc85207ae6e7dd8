import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const dataDir = mkdtempSync(join(tmpdir(), 'parley-main-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Parley as its command starts it, on a data directory of its own; nobody asks for its pages here. */
function start(settings: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'main.ts'), '--without-web'], {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'error',
      ...settings,
    },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const reader = child.stdout.getReader()
  let said = ''
  /** What it printed where `pattern` is found, as soon as it is. */
  const saying = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(said)?.[1]
      if (found) return found
      const { done, value } = await reader.read()
      if (done) throw new Error(`ended without ${pattern}: ${said}${await child.stderr.text()}`)
      said += new TextDecoder().decode(value)
    }
  }
  return { child, saying, url: () => saying(/^Parley is at (http:\/\/\S+)$/m), said: () => said }
}

test('one command brings up database and server, says one line, and SIGTERM ends both', async () => {
  const { child, url, said } = start()
  expect(await (await fetch(`${await url()}/readyz`)).json()).toEqual({ status: 'ready' })
  expect(said().trim().split('\n')).toHaveLength(1)
  child.kill('SIGTERM')
  expect(await child.exited).toBe(0)
  expect(await Bun.file(join(dataDir, 'postgres/postmaster.pid')).exists()).toBe(false)
}, 40_000)

test('after kill -9 the next start finds its database, and soon', async () => {
  const first = start()
  await first.url()
  first.child.kill('SIGKILL')
  await first.child.exited
  const startedMs = performance.now()
  const second = start()
  expect((await fetch(`${await second.url()}/readyz`)).status).toBe(200)
  // Under a second on an idle machine; the suites around this one take their share.
  expect(performance.now() - startedMs).toBeLessThan(6_000)
  second.child.kill('SIGINT')
  expect(await second.child.exited).toBe(0)
}, 40_000)

test('a second Ctrl+C ends it at once', async () => {
  const { child, saying, url } = start({ LOG_LEVEL: 'info' })
  await url()
  child.kill('SIGINT')
  await saying(/(stopping on)/)
  child.kill('SIGINT')
  expect(await child.exited).toBe(130)
}, 40_000)

test('a port that is taken is told in one line', async () => {
  const other = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { child } = start({ PORT: String(other.port) })
  expect(await child.exited).toBe(1)
  const told = (await child.stderr.text()).trim()
  expect(told).toContain(String(other.port))
  expect(told.split('\n')).toHaveLength(1)
  await other.stop(true)
}, 40_000)

test('security 59: a wrong setting stops the start with one line that names it', async () => {
  const { child } = start({ JWT_SECRET: 'canary-secret' })
  expect(await child.exited).toBe(1)
  const told = (await child.stderr.text()).trim()
  expect(told).toBe("Parley can't start: JWT_SECRET must be 32 bytes or more")
})
