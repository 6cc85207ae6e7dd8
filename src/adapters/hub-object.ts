import { DurableObject } from 'cloudflare:workers'
import type { Logger } from '@logtape/logtape'
import { Hono } from 'hono'
import { parseConfig, type Config } from '../config.ts'
import { connectDatabase } from '../db/connect.ts'
import { sweepNow } from '../files/keep-swept.ts'
import type { AppEnv } from '../http/context.ts'
import { onError } from '../http/errors.ts'
import { securityHeaders } from '../http/headers.ts'
import { addressOf } from '../http/peer-address.ts'
import { openLog } from '../log.ts'
import { createParley, type Parley } from '../parley.ts'
import { AppError } from '../protocol/errors.ts'
import type { RestingConnection, RestingRoom } from '../realtime/hub.ts'
import { openEdgeFiles } from './edge-files.ts'
import { settingsOf, type EdgeEnv } from './edge-env.ts'
import { createHubSockets, sendBack, type HubSockets } from './hub-socket.ts'
import { uuidV7 } from './uuid-v7.ts'

/** One life of Parley in this object: from what woke it to its rest. */
interface Life {
  parley: Parley
  sockets: HubSockets
  sweep: () => Promise<void>
  requests: Requests
  end: () => Promise<void>
}

/** The hub knows nothing of what is asked over REST. */
interface Requests {
  open: number
  /** When the last one was answered; of the clock that the hub has. */
  answeredAtMs: number
}

/** What is left in the object's storage for the next life. Gone while one is at work. */
interface Rest {
  epoch: string
  rooms: RestingRoom[]
}

const tickMs = 250
/** Quiet for so long, and the object lets go of everything: then it may be put to sleep. */
const restAfterMs = 5_000
/** Of one `put` or `delete` of the storage. */
const keysAtOnce = 128
/** Before the id of a socket. */
const keyPrefix = 'connection '
const sweepEveryMs = 24 * 3_600_000

/**
 * Parley in a Durable Object. While something happens it is the same live core and app as anywhere. When
 * it is quiet it writes down how far each room was told and who listens, closes its database, and rests;
 * the sockets stay open, pings are answered without it, and the next event makes everything anew from
 * what was written.
 *
 * Whatever ends it in the middle of work leaves nothing written: then the sockets that still stand are
 * closed, and their clients come back by rev, as after any restart.
 */
export class HubObject extends DurableObject<EdgeEnv> {
  #life: Promise<Life> | null = null
  #resting: Promise<void> = Promise.resolve()
  /** Of this instance; the runtime makes another one after each time that it took it out of memory. */
  #lives = 0

  constructor(state: DurableObjectState, env: EdgeEnv) {
    super(state, env)
    state.setWebSocketAutoResponse(
      new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'),
    )
  }

  override async fetch(request: Request): Promise<Response> {
    const life = await this.#awake().catch((error: unknown) => ({ error }))
    if ('error' in life) return refusal(life.error, request, this.env)
    const { parley, requests } = life
    const { headers } = request
    const peer = headers.get('cf-connecting-ip') ?? undefined
    return heldBy(requests, async () =>
      parley.app.fetch(request, { peerAddress: addressOf(headers, peer, false) }),
    )
  }

  override async webSocketMessage(ws: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { sockets } = await this.#awake()
    sockets.receive(ws, data)
  }

  override async webSocketClose(ws: WebSocket): Promise<void> {
    const { sockets } = await this.#awake()
    sockets.closed(ws)
  }

  override async webSocketError(ws: WebSocket): Promise<void> {
    await this.webSocketClose(ws)
  }

  /** What is due when nobody is there: files that nothing names any more. */
  override async alarm(): Promise<void> {
    const { sweep, requests } = await this.#awake()
    await heldBy(requests, sweep)
  }

  #awake(): Promise<Life> {
    this.#life ??= this.#begin().catch((error: unknown) => {
      // The next event tries again. What the sockets said is lost, and who only waits for its answer would
      // cause no event any more: their clients come back, and say it again.
      this.#life = null
      for (const ws of this.ctx.getWebSockets()) sendBack(ws)
      throw error
    })
    return this.#life
  }

  async #begin(): Promise<Life> {
    await this.#resting
    const config = parseConfig(settingsOf(this.env))
    const log = await openLog(config, false)
    const rest = await this.#takeRest()
    const database = connectDatabase(databaseOf(this.env, config), config.DATABASE_POOL)
    const sockets = createHubSockets(this.ctx, { publicUrl: config.PUBLIC_URL })
    try {
      const parley = await createParley({
        config,
        log,
        database,
        signingKey: keyOf(config),
        clock: Date.now,
        steadyClock,
        newId: () => uuidV7(Date.now()),
        breathe: () => new Promise((go) => void setTimeout(go, 0)),
        openBus: () => Promise.resolve(null),
        files: openEdgeFiles(this.env),
        network: null,
        publish: sockets.publish,
        upgrade: sockets.upgrade,
        packsItself: true,
        page: () => new Response(null, { status: 404 }),
      })
      const { hub } = parley
      sockets.attach(hub)
      const isWhole = rest !== null && rest.rest.epoch === parley.epoch
      if (isWhole) hub.resume(rest.rest.rooms)
      this.#lives += 1
      log.info(isWhole ? 'the object woke from its rest' : 'the object began anew', {
        life: this.#lives,
      })
      sockets.restore(this.ctx.getWebSockets(), isWhole ? rest.connections : new Map())
      const life: Life = {
        parley,
        sockets,
        sweep: () => sweepNow(database.sql, parley.files, log),
        requests: { open: 0, answeredAtMs: steadyClock() },
        end: async () => {
          clearInterval(ticker)
          await parley.stop()
          await database.close()
        },
      }
      if ((await this.ctx.storage.getAlarm()) === null)
        await this.ctx.storage.setAlarm(Date.now() + sweepEveryMs)
      const ticker = setInterval(() => this.#tick(life, log), tickMs)
      return life
    } catch (error) {
      await database.close()
      throw error
    }
  }

  #tick(life: Life, log: Logger): void {
    const { hub, epoch } = life.parley
    hub.tick()
    const { open, answeredAtMs } = life.requests
    if (open > 0 || steadyClock() - answeredAtMs < restAfterMs) return
    if (!hub.isQuietFor(restAfterMs)) return
    const connections = life.sockets.resting()
    if (!connections) return
    // From here on nothing of this life hears anything: the next event waits for the rest, and begins another.
    this.#life = null
    this.#resting = this.#rest(life, { epoch, rooms: hub.rest() }, connections).then(
      () => log.info('the object rests'),
      (error: unknown) => log.error('the hub could not be put to rest: {error}', { error }),
    )
  }

  async #rest(
    life: Life,
    rest: Rest,
    connections: ReadonlyMap<string, RestingConnection>,
  ): Promise<void> {
    await life.end()
    const { storage } = this.ctx
    const entries = Array.from(connections, ([id, kept]) => [keyPrefix + id, kept] as const)
    for (let at = 0; at < entries.length; at += keysAtOnce)
      await storage.put(Object.fromEntries(entries.slice(at, at + keysAtOnce)))
    // Last: without it what was written before means nothing.
    await storage.put('rest', rest)
  }

  /** What the life before left, once: whatever ends this one in the middle leaves nothing. */
  async #takeRest(): Promise<{ rest: Rest; connections: Map<string, RestingConnection> } | null> {
    const { storage } = this.ctx
    const rest = (await storage.get<Rest>('rest')) ?? null
    const kept = await storage.list<RestingConnection>({ prefix: keyPrefix })
    const keys = ['rest', ...kept.keys()]
    // Not all of the storage at once: that would take the alarm along.
    for (let at = 0; at < keys.length; at += keysAtOnce)
      await storage.delete(keys.slice(at, at + keysAtOnce))
    await storage.sync()
    if (!rest) return null
    const connections = Array.from(
      kept,
      ([key, one]) => [key.slice(keyPrefix.length), one] as const,
    )
    return { rest, connections: new Map(connections) }
  }
}

/** What is asked while it can't begin, as when the database is away. */
const refusal = (cause: unknown, request: Request, env: EdgeEnv): Response | Promise<Response> =>
  new Hono<AppEnv>()
    .onError(onError)
    .use(securityHeaders({ config: parseConfig(settingsOf(env)) }))
    .all('*', () => {
      throw new AppError('overloaded', 'The server can’t begin now; try again soon', {
        cause,
        retryAfterMs: 2_000,
      })
    })
    .fetch(request)

/** While `work` is under way nothing is put to rest. */
async function heldBy<T>(requests: Requests, work: () => Promise<T>): Promise<T> {
  requests.open += 1
  try {
    return await work()
  } finally {
    requests.open -= 1
    requests.answeredAtMs = steadyClock()
  }
}

/** Stands still while nothing comes in, which is what spans are to do here. */
const steadyClock = (): number => Math.floor(performance.now())

function keyOf({ JWT_SECRET }: Config): string {
  if (JWT_SECRET === undefined)
    throw new Error('JWT_SECRET must be set: there is no disk to keep one on')
  return JWT_SECRET
}

function databaseOf({ HYPERDRIVE }: EdgeEnv, { DATABASE_URL }: Config): string {
  const url = HYPERDRIVE?.connectionString ?? DATABASE_URL
  if (url === undefined) throw new Error('Bind HYPERDRIVE, or set DATABASE_URL')
  return url
}
