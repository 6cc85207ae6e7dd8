import { fileURLToPath } from 'node:url'
import type { Logger } from '@logtape/logtape'
import { loadSigningKey } from '../auth/signing-key.ts'
import type { Config } from '../config.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { keepFilesSwept } from '../files/keep-swept.ts'
import { addressOf } from '../http/peer-address.ts'
import { createParley } from '../parley.ts'
import { bunNetwork } from './bun-network.ts'
import { openStatic } from './bun-static.ts'
import { createBunSockets } from './bun-socket.ts'
import { openFiles } from './files.ts'

export interface RunningServer {
  /** Where people on this machine find it. */
  url: string
  /** Drains, then closes everything. */
  stop: () => Promise<void>
}

const tickMs = 250
const idleSeconds = 8
/** A database that stalls for a while is waited for; between requests a connection is kept as long. */
const answerSeconds = 30
const drainDelayMs = 2_000
const drainSpreadMs = 3_000
const web = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** Parley on Bun: database, live core, app and sockets on one port. */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const signingKey = loadSigningKey({ secret: config.JWT_SECRET, dataDir: config.DATA_DIR })
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    pool: config.DATABASE_POOL,
    log: (line) => log.warn('database: {line}', { line }),
  })
  try {
    await migrateDatabase(database.single())
    const sockets = createBunSockets({ publicUrl: config.PUBLIC_URL })
    const parley = await createParley({
      config,
      log,
      database,
      signingKey,
      clock: Date.now,
      // In whole milliseconds, as the wire tells spans.
      steadyClock: () => Math.floor(performance.now()),
      newId: () => Bun.randomUUIDv7(),
      breathe: () => new Promise((go) => void setImmediate(go)),
      openBus: (name) =>
        config.REDIS_URL === undefined
          ? Promise.resolve(null)
          : openBus(config.REDIS_URL, name, log),
      files: await openFiles(config),
      network: bunNetwork,
      publish: (topic, text) => sockets.publish(topic, text),
      upgrade: sockets.upgrade,
      packsItself: false,
      page: await openStatic(web),
    })
    const { app, hub, files } = parley
    const server = Bun.serve({
      port: config.PORT,
      hostname: config.HOST,
      // Who dawdles before a request is whole is cut; Bun looks every 4 s (security 38).
      idleTimeout: idleSeconds,
      // Every route that takes a body counts it, by its own limit; nobody reads one anywhere else.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      development: false,
      // Without this word Bun shares the port as soon as `development` is off: two Parleys, one address.
      reusePort: false,
      websocket: sockets.websocket,
      fetch: (request, bun) => {
        bun.timeout(request, answerSeconds)
        return app.fetch(request, {
          // Asked for by few: who is signed in is counted by name, and to ask is a call of the system.
          get peerAddress() {
            const peer = bun.requestIP(request)?.address
            return addressOf(request.headers, peer, config.TRUST_PROXY)
          },
        })
      },
    })
    sockets.attach(server, hub)
    const ticker = setInterval(() => hub.tick(), tickMs)
    const stopSweeping = keepFilesSwept(database.sql, files, log)
    return {
      url: `http://${config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST}:${server.port}`,
      stop: async () => {
        await hub.drain({ delayMs: drainDelayMs, spreadMs: drainSpreadMs })
        clearInterval(ticker)
        await parley.stop()
        stopSweeping()
        await server.stop(true)
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Loaded only where it is used. */
const openBus = async (url: string, database: string, log: Logger) => {
  const { createRedisBus } = await import('./redis-bus.ts')
  return createRedisBus({ url, channel: `parley:${database}`, log })
}
