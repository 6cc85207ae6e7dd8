import type { Logger } from '@logtape/logtape'
import { createApp } from './app.ts'
import { createAccessTokens } from './auth/jwt.ts'
import { createChatLog } from './chats/chat-log.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/connect.ts'
import { readIdentity } from './db/identity.ts'
import { createLooks } from './db/looks.ts'
import { patient } from './db/patience.ts'
import { sqlState } from './db/sql-errors.ts'
import type { FileDeps } from './files/ports.ts'
import type { AppDeps } from './http/context.ts'
import type { Network } from './links/guarded-get.ts'
import { openUnfurler } from './links/open-unfurler.ts'
import type { Bus } from './realtime/bus.ts'
import { createHub } from './realtime/create-hub.ts'
import type { Hub } from './realtime/hub.ts'
import type { HubEvent, HubPorts } from './realtime/ports.ts'
import { createSharedCounts } from './realtime/shared-counts.ts'
import { createRoomReads } from './rooms/room-reads.ts'
import { createIndexer } from './search/indexer.ts'
import { keepIndexed } from './search/keep-indexed.ts'

/** What a runtime gives Parley; everything else is the same on each. */
export interface Runtime extends Pick<
  AppDeps,
  'clock' | 'steadyClock' | 'newId' | 'files' | 'upgrade' | 'packsItself' | 'page'
> {
  config: Config
  log: Logger
  /** Its migrations are applied. */
  database: OpenDatabase
  signingKey: string
  /** Rings between several nodes. `name` is the database's. */
  openBus: (name: string) => Promise<(Bus & { close: () => void }) | null>
  /** Where links are looked up; null for no previews. */
  network: Network | null
  /** Sends one text to every socket that subscribed to `topic`. */
  publish: HubPorts['publish']
  /** Lets others have a turn. */
  breathe: () => Promise<void>
}

export interface Parley {
  app: ReturnType<typeof createApp>
  hub: Hub
  /** Of the database, as it was at the start. */
  epoch: string
  files: FileDeps
  /** Ends what runs by itself; the hub is drained before. */
  stop: () => Promise<void>
}

const timer = (ms: number, run: () => void): (() => void) => {
  const started = setTimeout(run, ms)
  return () => clearTimeout(started)
}

/** The live core and the app over it, on a database that is open. */
export async function createParley(runtime: Runtime): Promise<Parley> {
  const { config, log, database, signingKey, files, clock, steadyClock, newId } = runtime
  const { db, sql, writer } = database
  const previous = config.JWT_SECRET_PREVIOUS
  const tokens = createAccessTokens({
    secrets: previous === undefined ? [signingKey] : [signingKey, previous],
    sql,
    clock,
    steadyClock,
    ttlSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
  })
  const { epoch, name } = await readIdentity(sql)
  const bus = await runtime.openBus(name)
  const counts = createSharedCounts()
  const storedListeners: HubPorts['onStored'][] = []
  const hub = createHub(
    {
      clock: steadyClock,
      wallClock: clock,
      timer: (ms, run) => void timer(ms, run),
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
      publish: runtime.publish,
      report: (event) => report(log, event),
    },
    limitsOf(config),
  )
  const unfurler =
    config.LINK_PREVIEWS && runtime.network
      ? openUnfurler({ sql, network: runtime.network, files, newId, hub, wallClock: clock, log })
      : null
  if (unfurler) storedListeners.push(unfurler.onStored)
  const app = createApp({ ...runtime, db, sql, hub, counts, tokens, refreshKey: signingKey })
  const index = keepIndexed({
    indexer: createIndexer({ sql, breathe: runtime.breathe }),
    timer,
    clock: steadyClock,
    // No more of the error: its words may be those of a chat.
    report: (error) => log.warn('search waits for the database: {code}', { code: sqlState(error) }),
  })
  storedListeners.push(index.stored)
  return {
    app,
    hub,
    epoch,
    files,
    stop: async () => {
      unfurler?.stop()
      await index.stop()
      bus?.close()
    },
  }
}

/** What the hub holds its users to, by the settings. */
export const limitsOf = (config: Config) => ({
  chatsPerSecond: config.LIMIT_CHATS_PER_SECOND,
  chatBurst: config.LIMIT_CHAT_BURST,
  socketsPerUser: config.LIMIT_SOCKETS_PER_USER,
  anonymousSocketsPerIp: config.LIMIT_ANONYMOUS_SOCKETS_PER_IP,
  queueChats: config.LIMIT_QUEUE_CHATS,
  queueBytes: config.LIMIT_QUEUE_BYTES,
})

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
