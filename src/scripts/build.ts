import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(root, 'dist/web')
const sources = ['web', 'src/protocol', 'src/client', 'package.json', 'bun.lock']

/** Initial JavaScript of the web client, gzipped; `bun run build` fails above it. */
const initialKbMax = 130
const packable = /\.(js|css|html|svg|json|webmanifest)$/

const newest = (path: string): number => {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => name !== 'e2e' && !/\.test\.tsx?$/.test(name))
  return Math.max(0, ...names.map((name) => newest(join(path, name))))
}

/** Whether the web client was never built, or its sources changed since. */
const isStale = (): boolean => {
  const page = join(out, 'index.html')
  if (!existsSync(page)) return true
  // An installation without sources runs what it came with.
  const present = sources.map((name) => join(root, name)).filter((path) => existsSync(path))
  return Math.max(...present.map(newest)) > statSync(page).mtimeMs
}

/**
 * Builds the web client into `dist/web`, packs what compresses, and answers how large its initial
 * JavaScript is, in KB gzipped. Made beside and put in place whole: two may build at once.
 */
export async function buildWeb(): Promise<number> {
  process.stdout.write('Building the web client …\n')
  const { build } = await import('vite')
  const fresh = `${out}.new-${process.pid}`
  const configFile = join(root, 'web/vite.config.ts')
  await build({ configFile, logLevel: 'error', build: { outDir: fresh } })
  for (const name of readdirSync(fresh, { recursive: true, encoding: 'utf8' })) {
    if (!packable.test(name)) continue
    const path = join(fresh, name)
    const bytes = await Bun.file(path).bytes()
    await Bun.write(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    await Bun.write(`${path}.br`, brotliCompressSync(bytes))
  }
  const kb = await initialKb(fresh)
  putInPlace(fresh)
  process.stdout.write(
    `Initial JavaScript: ${kb.toFixed(1)} KB gzipped of at most ${initialKbMax}\n`,
  )
  return kb
}

/** The scripts that the page asks for by itself, in KB gzipped. */
export const initialKb = async (built = out): Promise<number> => {
  const page = await Bun.file(join(built, 'index.html')).text()
  const scripts = page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)
  const sizes = Array.from(scripts, ([, script]) => statSync(join(built, `${script}.gz`)).size)
  return sizes.reduce((sum, size) => sum + size, 0) / 1_024
}

const putInPlace = (fresh: string): void => {
  for (let tries = 5; ; tries -= 1) {
    rmSync(out, { recursive: true, force: true })
    try {
      return renameSync(fresh, out)
    } catch (error) {
      // Another build came between; the last one stays.
      if (tries === 0) throw error
    }
  }
}

export const buildIfStale = async (): Promise<void> => {
  if (isStale()) await buildWeb()
}

if (import.meta.main && (await buildWeb()) > initialKbMax) {
  process.stderr.write('The web client has grown too large to start with\n')
  process.exit(1)
}
