import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadSigningKey } from '../auth/signing-key.ts'
import { parseConfig } from '../config.ts'
import { connectDatabase } from '../db/connect.ts'
import { startEmbeddedOverTcp } from '../db/embedded-tcp.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { createOnce } from '../db/open.ts'
import { buildIfStale } from './build.ts'
import { runScript } from './flags.ts'
import { buildWorker, settingsGiven, startWorkerd } from './workerd.ts'

/**
 * Parley in workerd on this machine, as on the edge: the Worker and its object, with Parley's own
 * Postgres beside them, or that of DATABASE_URL. Everything is kept in `DATA_DIR/edge`.
 */
await runScript(async () => {
  const config = parseConfig(process.env)
  const dataDir = join(config.DATA_DIR, 'edge')
  const state = join(dataDir, 'object')
  mkdirSync(state, { recursive: true, mode: 0o700 })
  await buildIfStale()
  const { gzippedKb } = await buildWorker()
  console.log(`The Worker: ${gzippedKb.toFixed(0)} KB compressed`)

  const ends: (() => Promise<void>)[] = []
  let ending: Promise<never> | null = null
  const stop = async (code: number): Promise<never> => {
    for (const each of ends.toReversed()) await each()
    process.exit(code)
  }
  // By a signal, or because workerd ended: once.
  const end = (code: number): Promise<never> => (ending ??= stop(code))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))

  let url = config.DATABASE_URL
  if (url === undefined) {
    const embedded = await startEmbeddedOverTcp({ dataDir })
    ends.push(embedded.stop)
    await createOnce({ ...embedded.connection, database: 'postgres' }, 'parley')
    url = embedded.url('parley')
  }
  const database = connectDatabase(url, 1)
  await migrateDatabase(database.single())
  await database.close()

  const workerd = await startWorkerd(
    {
      port: config.PORT,
      state,
      settings: {
        ...settingsGiven(process.env),
        DATABASE_URL: url,
        JWT_SECRET: loadSigningKey({ secret: config.JWT_SECRET, dataDir }),
      },
    },
    (line) => console.log(line),
  )
  ends.push(() => workerd.end('SIGTERM'))
  console.log(`Parley, in workerd, is at http://localhost:${config.PORT}`)
  await end(await workerd.exited)
})
