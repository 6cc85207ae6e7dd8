import postgres from 'postgres'
import { type Findings, type StoredChat, byRoom, check } from '../checker.ts'
import { seeded } from '../report.ts'
import { createWorkerd } from '../workerd-process.ts'
import { type ServerProcess, createServerProcess, noLimits, populate } from '../server-process.ts'
import { type Checks, createChecks } from './checks.ts'
import { type Crowd, type CrowdOptions, type Witnesses, openCrowd } from './crowd.ts'
import { type Disk, openDisk } from './disk.ts'
import type { Check, Fault, LinkName, Outcome } from './fault.ts'
import { type MemoryWatch, watchMemory } from './memory.ts'
import { type ChaosPostgres, startPostgres } from './postgres.ts'
import { type Proxy, createProxy } from './proxy.ts'
import { type TestRedis, startRedis } from '../../src/adapters/redis-testing.ts'
import type { Scale } from './scale.ts'

/** The real thing, all of it, of one fault alone: servers, Postgres, Redis, and the links between. */
export interface Stage {
  scale: Scale
  random: () => number
  /** A count for each size of a run. */
  times: (full: number, short: number, tiny: number) => number
  nodes: readonly ServerProcess[]
  postgres: ChaosPostgres
  /** Null with one node, or when the fault wants none. */
  redis: TestRedis | null
  disk: Disk | null
  /** One a node, of those that the fault asked for. */
  links: Record<LinkName, readonly Proxy[]>
  /** Of each user. */
  tokens: readonly string[]
  userIds: readonly string[]
  roomIds: readonly (readonly string[])[]
  /** Where a client of that node connects. */
  urlOf: (node: number) => string
  memory: MemoryWatch
  expect: Checks
  /** Once for each time the fault was done. */
  trial: (times?: number) => void
  recovered: (ms: readonly number[]) => void
  /** What was sent, acked and found beside the crowds. */
  tally: (sends: number, acks: number, found?: Partial<Findings>) => void
  /** Clients of all users, spread over the nodes, that talk from now on. */
  openCrowd: (options?: Partial<CrowdOptions>) => Promise<Crowd>
  /** Lets the crowds come to rest and holds what they saw to the log: rules A to G. */
  judge: (...crowds: Witnesses[]) => Promise<void>
  readLog: () => Promise<StoredChat[]>
  outcome: () => Outcome
  close: () => Promise<void>
}

const secret = 'a secret of 32 bytes for the chaos'
const restMs = 90_000

/** Of every stage that is up, or on its way. */
const open = new Set<() => Promise<void>>()

/** Ends what runs, when this process has to go. */
export async function closeStages(): Promise<void> {
  await Promise.all([...open].map((close) => close()))
}

export async function openStage(fault: Fault, scale: Scale, seed: number): Promise<Stage> {
  const random = seeded(seed)
  const closers: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer()
    open.delete(close)
  }
  open.add(close)
  try {
    return await build(fault, scale, random, closers, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function build(
  fault: Fault,
  scale: Scale,
  random: () => number,
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Stage> {
  const sized: Stage['times'] = (full, short, tiny) => ({ full, short, tiny })[scale.size]
  const count = scale.nodes ?? fault.nodes

  const disk = fault.diskMb === undefined ? null : openDisk(fault.diskMb)
  if (disk) closers.push(disk.close)
  const database = await startPostgres(disk ? { dataDir: disk.dataDir } : {})
  closers.push(database.stop)
  const redis = count > 1 && !fault.withoutRedis ? await startRedis() : null
  if (redis) closers.push(redis.stop)

  const links: Record<LinkName, Proxy[]> = { clients: [], postgres: [], redis: [] }
  const linked = async (name: LinkName, target: () => number): Promise<number> => {
    if (!fault.links?.includes(name)) return target()
    const proxy = await createProxy({ target, random })
    links[name].push(proxy)
    closers.push(proxy.close)
    return proxy.port
  }

  const nodes: ServerProcess[] = []
  const ports: number[] = []
  for (let at = 0; at < count; at += 1) {
    const postgresPort = await linked('postgres', () => database.port)
    const redisPort = redis ? await linked('redis', () => redis.port) : null
    const node = await createNode(fault, {
      JWT_SECRET: secret,
      DATABASE_URL: database.urlAt(postgresPort),
      ...(redisPort !== null && { REDIS_URL: `redis://127.0.0.1:${redisPort}` }),
      ...fault.env?.(at),
    })
    nodes.push(node)
    closers.push(node.stop)
    ports.push(await linked('clients', () => node.port))
  }

  const world = fault.world?.({ scale, times: sized }) ?? worldOf(scale)
  const [first] = nodes
  if (!first) throw new Error('A stage has a node at least')
  const tokens = await populate(
    first.dataDir,
    { ...world, chats: 0 },
    { JWT_SECRET: secret, DATABASE_URL: database.urlAt(database.port) },
  )
  await Promise.all(nodes.map((node) => node.start()))
  const memory = watchMemory(() => nodes.map((node) => node.pid()))
  closers.push(memory.end)
  const places = await withSql(database, readPlaces)
  const roomIds = places.map(({ rooms }) => rooms)

  const checks: Check[] = []
  const outcome: Outcome = {
    trials: 0,
    sends: 0,
    acks: 0,
    findings: { lost: 0, doubled: 0, holes: 0, reordered: 0, phantoms: 0 },
    recoveriesMs: [],
    peakBytes: 0,
    checks,
  }
  const expect = createChecks(checks)
  const tally: Stage['tally'] = (sends, acks, found = {}) => {
    outcome.sends += sends
    outcome.acks += acks
    for (const rule of Object.keys(found) as (keyof Findings)[]) {
      outcome.findings[rule] += found[rule] ?? 0
    }
  }
  const urlOf = (node: number): string => `http://127.0.0.1:${ports[node % ports.length]}`
  const readLog = (): Promise<StoredChat[]> => withSql(database, readChats)

  return {
    scale,
    random,
    times: sized,
    nodes,
    postgres: database,
    redis,
    disk,
    links,
    tokens,
    userIds: places.map(({ id }) => id),
    roomIds,
    urlOf,
    memory,
    expect,
    trial: (times = 1) => (outcome.trials += times),
    recovered: (ms) => outcome.recoveriesMs.push(...ms),
    tally,

    async openCrowd(options) {
      const crowd = await openCrowd({
        tokens,
        roomIds,
        placeOf: (at) => ({ url: urlOf(at), node: at % count }),
        rate: scale.rate,
        random,
        ...options,
      })
      closers.push(crowd.close)
      return crowd
    },

    async judge(...crowds) {
      const areAcked = await Promise.all(crowds.map((crowd) => crowd.hush(restMs)))
      expect.holds('every send was acked in the end', areAcked.every(Boolean))
      const stored = await readLog()
      const newest = new Map(
        [...byRoom(stored)].map(([roomId, chats]) => [roomId, chats.at(-1)?.seq ?? 0]),
      )
      const witnesses = (
        await Promise.all(crowds.map((crowd) => crowd.converge(newest, restMs)))
      ).flat()
      const logs = witnesses.map(({ log }) => log)
      const sends = sum(logs.map((log) => log.sends.length))
      const acks = sum(logs.map((log) => log.acks.length))
      tally(sends, acks, check(logs, stored))
      const refusals = witnesses.flatMap((each) => each.refusals)
      expect.none('sends refused for good', refusals)
      const openPreviews = sum(witnesses.map((each) => each.openPreviews))
      expect.atMost('previews that never ended', openPreviews, 0)
    },

    readLog,
    outcome: () => ({ ...outcome, peakBytes: memory.peakBytes() }),
    close,
  }
}

const createNode = (
  { runtime, preload }: Fault,
  env: Record<string, string>,
): Promise<ServerProcess> =>
  runtime === 'workerd'
    ? // By what it logs it is known when it rested.
      createWorkerd({ ...noLimits, LOG_LEVEL: 'info', ...env })
    : createServerProcess({ env, ...(preload !== undefined && { preload }) })

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Each user in two rooms, whose members are on all nodes. */
const worldOf = ({ clients, rooms }: Scale) => ({
  users: clients,
  rooms,
  members: Math.min(clients, Math.ceil((2 * clients) / rooms)),
})

const withSql = async <T>(
  { urlAt, port }: ChaosPostgres,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> => {
  const sql = postgres(urlAt(port), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** In order of the users, as `populate` made them: user0, user1, … */
const readPlaces = (sql: postgres.Sql): Promise<{ id: string; rooms: string[] }[]> =>
  sql<{ id: string; rooms: string[] }[]>`
    select users.id, coalesce(array_agg(members.room_id::text order by members.room_id)
      filter (where members.room_id is not null), '{}') as rooms
    from users left join members on members.user_id = users.id
    group by users.id order by substr(users.handle, 5)::int`

const readChats = (sql: postgres.Sql): Promise<StoredChat[]> =>
  sql<StoredChat[]>`
    select id, room_id as "roomId", seq::int, sender_id as "senderId", cid, message from chats`
