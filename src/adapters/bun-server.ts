import { fileURLToPath } from 'node:url'
import type { Logger } from '@logtape/logtape'
import { createApp } from '../app.ts'
import { createAccessTokens } from '../auth/jwt.ts'
import { loadSigningKey } from '../auth/signing-key.ts'
import { createChatLog } from '../chats/chat-log.ts'
import type { Config } from '../config.ts'
import { createLooks } from '../db/looks.ts'
import { migrateDatabase, readIdentity } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { patient } from '../db/patience.ts'
import { sqlState } from '../db/sql-errors.ts'
import { addressOf } from '../http/peer-address.ts'
import { openUnfurler } from '../links/open-unfurler.ts'
import { createHub } from '../realtime/create-hub.ts'
import type { HubEvent, HubPorts } from '../realtime/ports.ts'
import { createSharedCounts } from '../realtime/shared-counts.ts'
import { createRoomReads } from '../rooms/room-reads.ts'
import { createIndexer } from '../search/indexer.ts'
import { keepIndexed } from '../search/keep-indexed.ts'
import { bunNetwork } from './bun-network.ts'
import { openStatic } from './bun-static.ts'
import { createBunSockets } from './bun-socket.ts'
import { keepFilesSwept, openFiles } from './files.ts'

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

/** In whole milliseconds, as the wire tells spans. */
const steadyClock = (): number => Math.floor(performance.now())
const newId = (): string => Bun.randomUUIDv7()

/** Parley on Bun: database, live core, app and sockets on one port. */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const key = loadSigningKey({ secret: config.JWT_SECRET, dataDir: config.DATA_DIR })
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    pool: config.DATABASE_POOL,
    log: (line) => log.warn('database: {line}', { line }),
  })
  try {
    await migrateDatabase(database.single())
    const { db, sql, writer } = database
    const previous = config.JWT_SECRET_PREVIOUS
    const tokens = createAccessTokens({
      secrets: previous === undefined ? [key] : [key, previous],
      sql,
      clock: Date.now,
      steadyClock,
      ttlSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
    })
    const sockets = createBunSockets({ publicUrl: config.PUBLIC_URL })
    const { epoch, name } = await readIdentity(sql)
    const bus = config.REDIS_URL === undefined ? null : await openBus(config.REDIS_URL, name, log)
    const counts = createSharedCounts()
    const storedListeners: HubPorts['onStored'][] = []
    const hub = createHub(
      {
        clock: steadyClock,
        wallClock: Date.now,
        timer: (ms, run) => void setTimeout(run, ms),
        newId,
        epoch,
        onStored: (chats) => storedListeners.forEach((hear) => hear(chats)),
        verifyToken: (token) => tokens.verify(token),
        rooms: createRoomReads({ sql }),
        ...patient(
          { log: createChatLog({ sql, writer, newId }), looks: createLooks(database) },
          database,
        ),
        bus,
        counts,
        publish: (topic, text) => sockets.publish(topic, text),
        report: (event) => report(log, event),
      },
      {
        chatsPerSecond: config.LIMIT_CHATS_PER_SECOND,
        chatBurst: config.LIMIT_CHAT_BURST,
        socketsPerUser: config.LIMIT_SOCKETS_PER_USER,
        anonymousSocketsPerIp: config.LIMIT_ANONYMOUS_SOCKETS_PER_IP,
        queueChats: config.LIMIT_QUEUE_CHATS,
        queueBytes: config.LIMIT_QUEUE_BYTES,
      },
    )
    const page = await openStatic(web)
    const files = await openFiles(config)
    const unfurler = config.LINK_PREVIEWS
      ? openUnfurler({ sql, network: bunNetwork, files, newId, hub, wallClock: Date.now, log })
      : null
    if (unfurler) storedListeners.push(unfurler.onStored)
    const upgrade = sockets.upgrade
    const app = createApp({
      config,
      db,
      sql,
      hub,
      files,
      counts,
      tokens,
      refreshKey: key,
      clock: Date.now,
      steadyClock,
      newId,
      log,
      upgrade,
      page,
    })
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
    const index = keepIndexed({
      indexer: createIndexer({ sql, breathe: () => new Promise((go) => void setImmediate(go)) }),
      timer: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      clock: steadyClock,
      // No more of the error: its words may be those of a chat.
      report: (error) =>
        log.warn('search waits for the database: {code}', { code: sqlState(error) }),
    })
    storedListeners.push(index.stored)
    const stopSweeping = keepFilesSwept(sql, files, log)
    return {
      url: `http://${config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST}:${server.port}`,
      stop: async () => {
        unfurler?.stop()
        await hub.drain({ delayMs: drainDelayMs, spreadMs: drainSpreadMs })
        clearInterval(ticker)
        await index.stop()
        stopSweeping()
        await server.stop(true)
        bus?.close()
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

const report = (log: Logger, event: HubEvent): void => {
  switch (event.type) {
    case 'commit':
      return log.debug('committed {ops} writes in {ms} ms', event)
    case 'commit_failed':
      return log.error('a commit of {ops} writes failed and is repeated: {error}', event)
    case 'read_failed':
      return log.error('a read of the log failed: {error}', event)
    case 'settle_failed':
      return log.error('what was stored could not be told: {error}', event)
    case 'bus_up':
      return log.info('the bus between nodes works')
    case 'bus_down':
      return log.warn('the bus between nodes is away or slow: chats of other nodes come later')
    case 'epoch_changed':
      return log.warn('another database answers now, after a restore or a failover: {epoch}', event)
    case 'frame_failed':
      return log.error('a frame could not be handled: {error}', event)
    case 'auth_failed':
      return log.info('audit: socket auth failed {code} from {ip}', event)
  }
}
