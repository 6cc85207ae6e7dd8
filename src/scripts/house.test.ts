import { afterAll, expect, test } from 'bun:test'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, tool } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-house-'))
afterAll(() => rmSync(folder, { recursive: true }))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
// Its paths are counted from where it lies.
copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))

const files: Record<string, string> = {
  'src/protocol/frames.ts': `import { z } from 'zod'\nimport { hub } from '../realtime/hub.ts'\nexport const frame = [z, hub]\n`,
  'src/realtime/hub.ts': `import { Hono } from 'hono'\nexport const hub = Hono\n`,
  'src/adapters/redis.ts': `export const redis = 1\n`,
  'src/rooms/routes.ts': `import { redis } from '../adapters/redis.ts'\nimport { page } from '../../web/page.ts'\nexport const routes = [redis, page]\n`,
  'src/rooms/store.ts': `import { SQL } from 'bun'\nimport { other } from './other.ts'\nexport const store = [SQL, other]\n`,
  'src/rooms/other.ts': `import { store } from './store.ts'\nexport const other = () => store\n`,
  'src/http/limit.ts': `import { routes } from '../rooms/routes.ts'\nexport const limit = routes\n`,
  'src/app.ts': `export const createApp = () => 1\n`,
  'web/page.ts': `import { createApp } from '../src/app.ts'\nimport { hub } from '../src/realtime/hub.ts'\nexport const page = [createApp, hub]\n`,
}

async function cruise(cwd: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const command = tool('depcruise', '--config', join(root, '.dependency-cruiser.cjs'), ...args)
  const child = Bun.spawn(command, { cwd, stdin: 'ignore', stdout: 'pipe', stderr: 'ignore' })
  const output = await child.stdout.text()
  return { code: await child.exited, output }
}

test('every ring is guarded: a house that breaks each rule is told of each', async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    await Bun.write(join(folder, path), text)
  }
  const { code, output } = await cruise(folder, 'src', 'web')
  expect(code).not.toBe(0)
  for (const broken of [
    'protocol-is-zod-alone: src/protocol/frames.ts',
    'realtime-is-pure: src/realtime/hub.ts',
    'features-know-no-adapter: src/rooms/routes.ts',
    'src-knows-no-web: src/rooms/routes.ts',
    'runtimes-and-products-at-the-edge: src/rooms/store.ts',
    'no-circle: src/rooms/',
    'http-knows-no-feature: src/http/limit.ts',
    'types-of-app-alone: web/page.ts',
    'web-knows-the-wire-alone: web/page.ts',
  ]) {
    expect(output).toContain(broken)
  }
}, 30_000)

test('the cruiser reads the house: every module of src, and what they import', async () => {
  const { output } = await cruise(root, '--output-type', 'json', 'src', 'web')
  // The cruiser's own format; what is not there fails the expectations.
  const { modules } = JSON.parse(output) as {
    modules: { source: string; dependencies: unknown[] }[]
  }
  const read = new Map(modules.map(({ source, dependencies }) => [source, dependencies.length]))
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`)
  expect(sources.filter((source) => !read.has(source))).toEqual([])
  expect(read.size).toBeGreaterThan(150)
  // Imports of types and of values: the parser works.
  expect(read.get('src/app.ts')).toBeGreaterThan(8)
  expect(read.get('src/http/context.ts')).toBeGreaterThan(5)
}, 30_000)

const linted = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  await Bun.write(path, text)
  const child = Bun.spawn(tool('oxlint', '-c', '.oxlintrc.json', name), {
    cwd: folder,
    stdout: 'pipe',
    stderr: 'ignore',
  })
  return child.stdout.text()
}

test.each([
  ['innerHTML', 'web/a.ts', `document.body.innerHTML = location.hash`],
  ['outerHTML', 'web/b.ts', `document.body.outerHTML = location.hash`],
  ['sql.unsafe', 'src/rooms/c.ts', `export const all = sql.unsafe('select ' + name)`],
  ['sql.raw', 'src/rooms/d.ts', `export const all = sql.raw('select ' + name)`],
  ['Bun', 'src/rooms/e.ts', `export const version = Bun.version`],
  ['process', 'web/f.ts', `export const home = process.env`],
])('security 40, 43: lint refuses %s', async (_what, name, text) => {
  expect(await linted(name, text)).toMatch(/no-restricted-(properties|globals)/)
})

test('security 43: no component takes HTML as an attribute', async () => {
  const components = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx'),
  )
  expect(components.length).toBeGreaterThan(5)
  for (const name of components) {
    const text = await Bun.file(join(root, 'web', name)).text()
    expect(text, name).not.toMatch(/(innerHTML|outerHTML|dangerouslySetInnerHTML|srcdoc)\s*=/)
  }
})
