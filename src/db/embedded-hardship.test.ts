import { afterEach, expect, test } from 'bun:test'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { findBinaries } from './embedded-binaries.ts'
import { ask, createStage, postmasterOf, recall, remember, sourceOf } from './embedded-testing.ts'

const stage = createStage()
const patienceMs = 30_000
const isRoot = process.getuid?.() === 0
const isLinux = process.platform === 'linux'

afterEach(stage.clear, patienceMs)

/** Whether others than root can enter the folder that Parley is installed in. */
const isForNobody = (): boolean =>
  Bun.spawnSync(['setpriv', '--reuid=65534', '--clear-groups', 'test', '-r', import.meta.path], {
    cwd: '/',
  }).success

/** A process where user namespaces are forbidden, as far as Parley can tell. Answers its last line. */
async function withoutNamespaces(directory: string, dataDir: string, code: string) {
  const commands = join(directory, 'commands')
  mkdirSync(commands, { recursive: true })
  writeFileSync(join(commands, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const script = `
    import { startEmbedded } from ${JSON.stringify(sourceOf('embedded.ts'))}
    const dataDir = ${JSON.stringify(dataDir)}
    ${code}`
  const child = Bun.spawn([process.execPath, '-e', script], {
    env: { ...process.env, PATH: `${commands}:${process.env['PATH']}` },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  return (await new Response(child.stdout).text()).trim()
}

// Elsewhere there is no root to drop from.
if (isRoot && isLinux) {
  test(
    'root without user namespaces runs Postgres as nobody, and with them again later too',
    async () => {
      const dataDir = stage.freshDir()
      mkdirSync(dataDir, { recursive: true })
      chmodSync(dirname(dataDir), 0o755)
      const uid = await withoutNamespaces(
        dirname(dataDir),
        dataDir,
        `const embedded = await startEmbedded({ dataDir }).catch(({ message }) => {
         console.log(message)
         process.exit()
       })
       const { statSync, readFileSync } = await import('node:fs')
       const pid = readFileSync(dataDir + '/postgres/postmaster.pid', 'utf8').split('\\n')[0]
       console.log(statSync('/proc/' + pid).uid)
       await embedded.stop()`,
      )
      if (!isForNobody()) {
        expect(uid).toContain("can't read the installation")
        return
      }
      expect(uid).toBe('65534')
      expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0)
      const later = await stage.start(dataDir)
      await remember(later.connection)
      expect(statSync(join(dataDir, 'postgres')).uid).toBe(65_534)
    },
    patienceMs,
  )

  test(
    'root without user namespaces, in a directory that only root can enter, is told what to do',
    async () => {
      const dataDir = join(stage.freshDir(), 'closed', 'data')
      mkdirSync(dirname(dataDir), { recursive: true, mode: 0o700 })
      const refusal = await withoutNamespaces(
        dirname(dataDir),
        dataDir,
        'console.log(await startEmbedded({ dataDir }).catch(({ message }) => message))',
      )
      expect(refusal).toContain(`can't read ${isForNobody() ? dataDir : 'the installation'}`)
      expect(refusal).toContain('set DATABASE_URL')
    },
    patienceMs,
  )
}

test(
  "a stranger that has a dead Postgres's process id does not keep it from starting",
  async () => {
    const dataDir = stage.freshDir()
    const first = await stage.start(dataDir)
    await remember(first.connection)
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const [, ...rest] = readFileSync(file, 'utf8').split('\n')
    await first.stop()
    // As in a new container, or after a reboot.
    writeFileSync(file, [process.pid, ...rest].join('\n'))
    const second = await stage.start(dataDir)
    expect(second.startedByUs).toBe(true)
    expect(postmasterOf(dataDir)).not.toBe(process.pid)
    expect(await recall(second.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'a socket directory that was swept away is made again',
  async () => {
    const dataDir = join(stage.freshDir(), 'deep'.repeat(30))
    const killed = stage.spawn(dataDir)
    await killed.startedByUs()
    await killed.kill()
    rmSync(readFileSync(join(dataDir, 'socket-dir'), 'utf8'), { recursive: true })
    const next = await stage.start(dataDir)
    await remember(next.connection)
    await next.stop()
    rmSync(dirname(next.connection.path ?? ''), { recursive: true })
  },
  patienceMs,
)

test(
  'security 58: no text of a chat gets into the log of Postgres, whatever goes wrong with it',
  async () => {
    const dataDir = stage.freshDir()
    const { connection } = await stage.start(dataDir)
    await ask(connection, (sql) => sql`create table chats (message text unique)`)
    const post = () => ask(connection, (sql) => sql`insert into chats values (${'the canary'})`)
    await post()
    await expect(post()).rejects.toThrow('unique')
    const logs = join(dataDir, 'postgres', 'log')
    const logged = () =>
      readdirSync(logs)
        .map((name) => readFileSync(join(logs, name), 'utf8'))
        .join('')
    // It comes by way of the collector, a process of its own.
    while (!logged().includes('duplicate key')) await new Promise((go) => void setImmediate(go))
    expect(logged()).not.toContain('canary')
  },
  patienceMs,
)

test(
  'secrets of Parley are not in the environment of Postgres',
  async () => {
    const dataDir = stage.freshDir()
    process.env['JWT_SECRET'] = 'a canary of 32 bytes for this test'
    await stage.start(dataDir)
    delete process.env['JWT_SECRET']
    if (isLinux) {
      const environment = readFileSync(`/proc/${postmasterOf(dataDir)}/environ`, 'utf8')
      expect(environment).toContain('PATH=')
      expect(environment).not.toContain('canary')
    }
  },
  patienceMs,
)

// Links between libraries are of no use elsewhere.
if (isLinux) {
  test(
    'where the installation is read-only, the links between libraries stand in the data directory',
    async () => {
      const root = stage.freshDir()
      const dataDir = join(root, 'data')
      mkdirSync(dataDir, { recursive: true })
      // The package as it comes out of its archive: without links.
      const installed = findBinaries(dataDir)
      const native = join(root, 'native')
      cpSync(dirname(dirname(installed.postgres)), native, {
        recursive: true,
        filter: (path) => !lstatSync(path).isSymbolicLink(),
      })
      chmodSync(join(native, 'lib'), 0o555)
      const script = `
      import { linkLibraries } from ${JSON.stringify(sourceOf('embedded-binaries.ts'))}
      const [native, dataDir] = ${JSON.stringify([native, dataDir])}
      const { stdout } = Bun.spawnSync([native + '/bin/initdb', '-A', 'trust', dataDir + '/made'], {
        env: { ...process.env, ...linkLibraries(native, dataDir) },
        stderr: 'inherit',
      })
      console.log(stdout.toString().includes('Success'))`
      // In a user namespace modes hold for root too.
      const prefix = isRoot ? ['unshare', '--user', '--map-user=1000', '--map-group=1000'] : []
      const child = Bun.spawn([...prefix, process.execPath, '-e', script], {
        stdout: 'pipe',
        stderr: 'inherit',
      })
      expect(await new Response(child.stdout).text()).toBe('true\n')
      expect(existsSync(join(native, 'lib', 'libpq.so.5'))).toBe(false)
      chmodSync(join(native, 'lib'), 0o755)
    },
    patienceMs,
  )
}
