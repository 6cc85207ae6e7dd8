import { afterEach, expect, test } from 'bun:test'
import {
  createStage,
  killPostmaster,
  postmasterOf,
  recall,
  remember,
  sourceOf,
} from './embedded-testing.ts'

const stage = createStage()
const patienceMs = 30_000

afterEach(stage.clear, patienceMs)

test(
  'a killed Parley leaves its Postgres running, and the next start finds it with its data',
  async () => {
    const dataDir = stage.freshDir()
    const killed = stage.spawn(dataDir)
    expect(await killed.startedByUs()).toBe(true)
    const postmaster = postmasterOf(dataDir)
    await killed.kill()
    const next = await stage.start(dataDir)
    expect(next.startedByUs).toBe(false)
    expect(postmasterOf(dataDir)).toBe(postmaster)
    await remember(next.connection)
    expect(await recall(next.connection)).toBe('here')
    await next.stop()
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test(
  'after a kill -9 of both, the next start recovers what was committed',
  async () => {
    const dataDir = stage.freshDir()
    const killed = stage.spawn(dataDir)
    await killed.startedByUs()
    const other = await stage.start(dataDir)
    await remember(other.connection)
    await other.stop()
    await killed.kill()
    await killPostmaster(dataDir)
    const next = await stage.start(dataDir)
    expect(next.startedByUs).toBe(true)
    expect(await recall(next.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'a Postgres that dies under a living Parley is brought back with what was committed',
  async () => {
    const dataDir = stage.freshDir()
    const { promise: line, resolve } = Promise.withResolvers<string>()
    const living = await stage.start(dataDir, { log: resolve })
    await remember(living.connection)
    await killPostmaster(dataDir)
    expect(await line).toBe('Postgres had died and was started again')
    expect(await recall(living.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'processes that contend for a lock wait for it, and never hold it together',
  async () => {
    const dataDir = stage.freshDir()
    const lock = `${dataDir}.lock`
    const taken = `${dataDir}.taken`
    const code = `
    import { closeSync, openSync, rmSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(sourceOf('embedded-locks.ts'))}
    for (let n = 0; n < 30; n += 1) {
      await withLock(${JSON.stringify(lock)}, 20_000, async () => {
        closeSync(openSync(${JSON.stringify(taken)}, 'wx'))
        await Bun.sleep(1)
        rmSync(${JSON.stringify(taken)})
      })
    }`
    const processes = Array.from({ length: 4 }, () =>
      Bun.spawn([process.execPath, '-e', code], { stderr: 'inherit' }),
    )
    expect(await Promise.all(processes.map(({ exited }) => exited))).toEqual([0, 0, 0, 0])
  },
  patienceMs,
)

test(
  'two starts at once on a fresh directory make one database, and both use it',
  async () => {
    const dataDir = stage.freshDir()
    const both = [stage.spawn(dataDir), stage.spawn(dataDir)]
    const answers = await Promise.all(both.map((child) => child.startedByUs()))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await Promise.all(both.map((child) => child.stop()))).toEqual([0, 0])
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test(
  'a second Parley works beside the first, and whoever stops last stops Postgres',
  async () => {
    const dataDir = stage.freshDir()
    const first = stage.spawn(dataDir)
    expect(await first.startedByUs()).toBe(true)
    const second = await stage.start(dataDir)
    expect(second.startedByUs).toBe(false)
    await first.stop()
    await remember(second.connection)
    expect(await recall(second.connection)).toBe('here')
    await second.stop()
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)
