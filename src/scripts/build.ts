import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(root, 'dist/web')
const sources = ['web', 'src/protocol', 'src/client', 'package.json', 'bun.lock']

/** Initial JavaScript of the web client, gzipped; the build fails above it. */
const initialKbMax = 110
const packable = /\.(js|css|html|svg|json|webmanifest)$/

const newest = (path: string): number => {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Whether the web client was never built, or its sources changed since. */
const isStale = (): boolean => {
  const page = join(out, 'index.html')
  if (!existsSync(page)) return true
  // An installation without sources runs what it came with.
  const present = sources.map((name) => join(root, name)).filter((path) => existsSync(path))
  return Math.max(...present.map(newest)) > statSync(page).mtimeMs
}

/** Builds the web client into `dist/web`, packs what compresses, and says how large it is. */
export async function buildWeb(): Promise<void> {
  process.stdout.write('Building the web client …\n')
  const { build } = await import('vite')
  await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' })
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!packable.test(name)) continue
    const path = join(out, name)
    const bytes = await Bun.file(path).bytes()
    await Bun.write(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    await Bun.write(`${path}.br`, brotliCompressSync(bytes))
  }
  const page = await Bun.file(join(out, 'index.html')).text()
  const scripts = Array.from(
    page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g),
    (match) => match[1] ?? '',
  )
  const sizes = scripts.map((script) => statSync(join(out, `${script}.gz`)).size)
  const kb = sizes.reduce((sum, size) => sum + size, 0) / 1_024
  process.stdout.write(
    `Initial JavaScript: ${kb.toFixed(1)} KB gzipped of at most ${initialKbMax}\n`,
  )
  if (kb > initialKbMax) throw new Error('The web client has grown too large to start with')
}

export const buildIfStale = async (): Promise<void> => {
  if (isStale()) await buildWeb()
}

if (import.meta.main) await buildWeb()
