import { z } from 'zod'

const targetSchema = z.object({
  /** `http://…` */
  url: z.string(),
  dialect: z.enum(['frames', 'socketIo']),
})
export type Target = z.infer<typeof targetSchema>

/** Processes whose work is measured while the load runs, by name; children count with their parent. */
const watchSchema = z.record(z.string(), z.int())

const roomSchema = z.object({
  roomId: z.string(),
  /** One for each member; all connect. */
  tokens: z.array(z.string()),
})
export type LoadRoom = z.infer<typeof roomSchema>

const paceSchema = z.discriminatedUnion('type', [
  /** So many chats are unacknowledged at any time, spread over the senders. */
  z.object({ type: z.literal('closed'), inFlight: z.int() }),
  /** So many chats a second of all together, whatever comes back. */
  z.object({ type: z.literal('open'), perSecond: z.number() }),
])
export type Pace = z.infer<typeof paceSchema>

/** What the load generator is told on stdin, in a process of its own. */
export const jobSchema = z.discriminatedUnion('type', [
  /** Everyone is in their room, some talk. */
  z.object({
    type: z.literal('talk'),
    target: targetSchema,
    watch: watchSchema,
    rooms: z.array(roomSchema),
    /** Of each room: its first members. */
    senders: z.int(),
    seconds: z.number(),
    /** Between the coming of the people and the first pace: the news of it are over then. */
    quietSeconds: z.number(),
    /** One after the other on the same connections, until two in a row are past `untilP99Ms`. */
    paces: z.array(paceSchema),
    untilP99Ms: z.number().optional(),
  }),
  /** In each room one types, each time another. */
  z.object({
    type: z.literal('typing'),
    target: targetSchema,
    watch: watchSchema,
    rooms: z.array(roomSchema),
    quietSeconds: z.number(),
    seconds: z.number(),
  }),
  /** People connect, so many at once, and stay. */
  z.object({
    type: z.literal('connect'),
    target: targetSchema,
    watch: watchSchema,
    tokens: z.array(z.string()),
    parallel: z.int(),
    /** Each joins it when all are connected, so many at once. */
    roomId: z.string().optional(),
    /** How long they sit there. */
    idleSeconds: z.number(),
  }),
  /** GET over connections that are kept, each with one request on the way. */
  z.object({
    type: z.literal('requests'),
    target: targetSchema,
    watch: watchSchema,
    /** Taken in turns. */
    paths: z.array(z.string()),
    tokens: z.array(z.string()),
    connections: z.int(),
    /** The time, or the count, whichever ends first. */
    seconds: z.number(),
    count: z.int().optional(),
  }),
])
export type Job = z.infer<typeof jobSchema>
export type JobOf<Type extends Job['type']> = Extract<Job, { type: Type }>

/** What was measured in a stretch of time: all but `p50Ms` and `p99Ms` are of this stretch alone. */
const measuredSchema = z.object({
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Cores that each watched process kept busy; none where the system does not say. */
  cores: z.record(z.string(), z.number()),
  /** Cores of the load generator itself: near 1 it is the bottleneck. */
  ownCores: z.number(),
})

const talkSchema = measuredSchema.extend({
  pace: paceSchema,
  chats: z.number(),
  acksPerSecond: z.number(),
  deliveriesPerSecond: z.number(),
  lost: z.number(),
  reordered: z.number(),
})
export type Talk = z.infer<typeof talkSchema>

/** What it answers on stdout. */
export const resultSchemas = {
  talk: z.object({ talks: z.array(talkSchema) }),
  typing: measuredSchema.extend({ typed: z.number(), lost: z.number() }),
  connect: measuredSchema.extend({
    connects: z.number(),
    failed: z.number(),
    perSecond: z.number(),
    /** Null when there was nothing to join. */
    joins: measuredSchema.extend({ perSecond: z.number() }).nullable(),
    /** Resident memory of each watched process, before the first connect and after the idle time. */
    rssBefore: z.record(z.string(), z.number()),
    rssAfter: z.record(z.string(), z.number()),
  }),
  requests: measuredSchema.extend({
    requests: z.number(),
    perSecond: z.number(),
    failed: z.number(),
  }),
}
export type ResultOf<Type extends Job['type']> = z.infer<(typeof resultSchemas)[Type]>
