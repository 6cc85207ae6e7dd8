import type { Logger } from '@logtape/logtape'
import { Redis, type RedisOptions } from 'ioredis'
import { busEventSchema, type Bus } from '../realtime/bus.ts'

export interface RedisBus extends Bus {
  close: () => void
}

interface RedisBusOptions {
  /** `redis://` or `rediss://`, also of Valkey. */
  url: string
  /** Nodes of one database share a channel; other Parleys may use the same Redis. */
  channel: string
  log: Logger
}

/** A connection that gives no sign of life for so long is given up and made anew. */
const silenceMs = 10_000
const pingEachMs = 5_000

const options: RedisOptions = {
  lazyConnect: true,
  // What can't be told now is not told: the hub keeps what must not be lost.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  connectTimeout: 5_000,
  socketTimeout: silenceMs,
  retryStrategy: (times) => Math.min(1_000, 50 * 2 ** Math.min(times, 5)),
  reconnectOnError: () => false,
}

/** The bus over Redis pub/sub. Nothing is stored there: a Redis that comes back empty is as good as before. */
export function createRedisBus({ url, channel, log }: RedisBusOptions): RedisBus {
  const publisher = new Redis(url, options)
  const subscriber = new Redis(url, options)
  const hearers: Parameters<Bus['listen']>[0][] = []

  const subscribe = async (): Promise<void> => {
    try {
      await subscriber.subscribe(channel)
      for (const { missed } of hearers) missed()
    } catch (error) {
      // The connection went meanwhile: it comes back, and with it this.
      log.debug('bus: not subscribed: {error}', { error })
    }
  }

  const hear = (text: string): void => {
    let raw: unknown
    try {
      raw = JSON.parse(text)
    } catch {
      raw = null
    }
    const parsed = busEventSchema.safeParse(raw)
    // A newer node may say more than this one knows.
    if (!parsed.success) return log.debug('bus: an event that is not understood')
    for (const listener of hearers) listener.hear(parsed.data)
  }

  subscriber.on('ready', () => void subscribe())
  subscriber.on('message', (_, text) => hear(text))
  for (const redis of [publisher, subscriber]) {
    // Each try fails with one; the hub tells when the bus goes and comes.
    redis.on('error', (error) => log.debug('bus: {error}', { error }))
    // A first failure is retried like any other.
    redis.connect().catch(() => {})
  }
  // A subscriber sends nothing by itself, so it would not notice a dead connection.
  const pinger = setInterval(() => void subscriber.ping().catch(() => {}), pingEachMs)

  return {
    async tell(event) {
      await publisher.publish(channel, JSON.stringify(event))
    },
    listen: (listener) => void hearers.push(listener),
    close() {
      clearInterval(pinger)
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
