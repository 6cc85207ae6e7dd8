import { z } from 'zod'
import { limits } from './protocol/limits.ts'

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .transform((text) => text === 'true' || text === '1')
    .default(fallback)

const count = (fallback: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`)
    .default(fallback)

/** A limit as the operator sets it: 0 means none. */
const limit = (fallback: number) =>
  count(fallback).transform((value) => (value === 0 ? Number.POSITIVE_INFINITY : value))

/** Every setting, by the name of its environment variable. The README's table lists them in this order. */
const settingsSchema = z.object({
  PORT: count(3000, 65_535),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must be a postgres:// address')
    .optional(),
  DATABASE_POOL: count(10, 1_000),
  /** Of the bus that several nodes share; Valkey serves as well. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, 'must be a redis:// or rediss:// address')
    .optional(),
  JWT_SECRET: z
    .string()
    .refine((secret) => new TextEncoder().encode(secret).length >= 32, 'must be 32 bytes or more')
    .optional(),
  /** The key before the last change: what it signed is accepted until it ends. */
  JWT_SECRET_PREVIOUS: z.string().optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  TRUST_PROXY: flag(false),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  REGISTRATION: z.enum(['open', 'closed'], 'must be "open" or "closed"').default('open'),
  /** Whether the server looks at the addresses in chats, to show what they lead to. */
  LINK_PREVIEWS: flag(true),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warning', 'error'], 'must be debug, info, warning or error')
    .default('info'),
  LOG_FORMAT: z.enum(['pretty', 'json'], 'must be "pretty" or "json"').optional(),
  ACCESS_TOKEN_TTL_SECONDS: count(600).refine((seconds) => seconds >= 1, 'must be at least 1'),
  SESSION_TTL_DAYS: count(60).refine((days) => days >= 1, 'must be at least 1'),
  LIMIT_SIGN_INS_PER_ACCOUNT: limit(10),
  LIMIT_SIGN_INS_PER_IP: limit(300),
  LIMIT_SIGN_UPS_PER_IP: limit(20),
  LIMIT_CHATS_PER_SECOND: limit(limits.chatsPerSecond),
  LIMIT_CHAT_BURST: limit(limits.chatBurst),
  LIMIT_SOCKETS_PER_USER: limit(limits.socketsPerUser),
  LIMIT_ANONYMOUS_SOCKETS_PER_IP: limit(limits.anonymousSocketsPerIp),
  LIMIT_REQUESTS_PER_MINUTE: limit(1_200),
  LIMIT_FILE_BYTES: limit(limits.fileBytes),
  LIMIT_STORAGE_PER_USER_BYTES: limit(5 * 1024 ** 3),
  LIMIT_QUEUE_CHATS: limit(limits.queueChats),
  LIMIT_QUEUE_BYTES: limit(limits.queueBytes),
})

/** The names of all settings, in the order of the README's table. */
export const settingNames = Object.keys(settingsSchema.shape)

export type Config = Readonly<z.infer<typeof settingsSchema>>

/** A setting that stops the start. The message is one line and names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads settings from a plain record, such as `process.env`; an empty value counts as unset.
 * @throws ConfigError naming each wrong setting, never its value: it may be a secret.
 */
export function parseConfig(record: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = settingsSchema.safeParse(given)
  if (parsed.success) return wholeS3(ofSeveral(parsed.data))
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  throw new ConfigError(`Parley can't start: ${faults.join('; ')}`)
}

/** A store of files is named whole or not at all. */
function wholeS3(config: Config): Config {
  const names = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
  const missing = names.filter((name) => config[name] === undefined)
  if (missing.length === 0 || missing.length === names.length) return config
  const set = names.find((name) => config[name] !== undefined)
  throw new ConfigError(`Parley can't start: ${missing.join(', ')} must be set when ${set} is`)
}

/** What nodes of one Parley must have in common. */
function ofSeveral(config: Config): Config {
  if (config.REDIS_URL === undefined) return config
  // Each would use a database and make a key of its own, and refuse the tokens of the others.
  for (const name of ['DATABASE_URL', 'JWT_SECRET'] as const) {
    if (config[name] === undefined) {
      throw new ConfigError(
        `Parley can't start: ${name} must be set, the same for every node, when REDIS_URL is`,
      )
    }
  }
  return config
}
