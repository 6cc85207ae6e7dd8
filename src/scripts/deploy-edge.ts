import { connectDatabase } from '../db/connect.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { buildIfStale } from './build.ts'
import { root } from './commands.ts'
import { runScript } from './flags.ts'
import { buildWorker, wrangler } from './workerd.ts'

/**
 * Puts Parley on the edge: builds the web client and the Worker, brings the database of DATABASE_URL up
 * to date, and hands both to `wrangler deploy`. What follows the command is wrangler's.
 */
await runScript(async () => {
  const url = process.env['DATABASE_URL']
  if (url === undefined) {
    throw new Error(
      'Set DATABASE_URL: the database is brought up to date from here, not by the Worker',
    )
  }
  await buildIfStale()
  const { gzippedKb } = await buildWorker()
  console.log(`The Worker: ${gzippedKb.toFixed(0)} KB compressed`)
  const database = connectDatabase(url, 1)
  await migrateDatabase(database.single())
  await database.close()
  const child = Bun.spawn(wrangler('deploy', ...process.argv.slice(2)), {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit'],
  })
  process.exitCode = await child.exited
})
