import { randomBytes } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import postgres from 'postgres'
import { createAccessTokens } from '../auth/jwt.ts'
import { hashPassword } from '../auth/password.ts'
import { loadSigningKey } from '../auth/signing-key.ts'
import { openFiles } from '../adapters/files.ts'
import { parseConfig } from '../config.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { readFlags, runScript, UsageError } from './flags.ts'
import { insertFiles } from './populate/insert-files.ts'
import { insertWorld } from './populate/insert-world.ts'
import { planWorld } from './populate/plan.ts'
import { openTokens } from './populate/tokens.ts'

const usage = `bun run populate --users N --rooms R --members M --chats K [--big N] [--tokens FILE]
Fills the database of this Parley (DATABASE_URL, or the one in DATA_DIR) with a world to try it in.`

await runScript(async () => {
  const flags = readFlags(usage, {
    users: { value: 'N', about: 'people: user0, user1, …', default: '100' },
    rooms: { value: 'R', about: 'public rooms; room r holds users r·M to r·M+M−1', default: '5' },
    members: { value: 'M', about: 'people of each room', default: '20' },
    chats: { value: 'K', about: 'chats of all rooms together', default: '1000' },
    big: { value: 'N', about: 'more chats, in the first room', default: '0' },
    talk: {
      value: 'WORD',
      about: 'lively: with threads, replies, reactions, pins, edits, @room; or plain',
      default: 'lively',
    },
    files: { value: 'N', about: 'chats with a picture', default: '0' },
    days: { value: 'N', about: 'the chats are spread over so many days', default: '90' },
    prefix: { value: 'WORD', about: 'what handles start with', default: 'user' },
    password: { value: 'WORD', about: 'of all of them; without it a random one', default: '' },
    tokens: {
      value: 'FILE',
      about: 'writes an access token of each user, one a line',
      default: '',
    },
    ttl: { value: 'N', about: 'how many seconds those tokens live', default: '86400' },
  })
  if (flags.rest.length > 0) throw new UsageError(`What is "${flags.rest[0]}"?`)
  const talk = flags.text('talk')
  if (talk !== 'lively' && talk !== 'plain') throw new UsageError('--talk must be lively or plain')
  const size = {
    users: flags.count('users'),
    rooms: flags.count('rooms'),
    members: flags.count('members'),
    chats: flags.count('chats'),
    big: flags.count('big'),
    isLively: talk === 'lively',
    prefix: flags.text('prefix'),
  }
  const ttlSeconds = flags.count('ttl')
  const days = Math.max(1, flags.count('days'))
  const newId = (): string => Bun.randomUUIDv7()
  const plan = planWorld(size, newId)

  const config = parseConfig(process.env)
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    pool: 2,
  })
  try {
    await migrateDatabase(database.single())
    // One hash for all: a hash each would take 50 ms a user.
    const password = flags.text('password') || randomBytes(9).toString('base64url')
    const startedMs = performance.now()
    await insertWorld(database.sql, plan, {
      passwordHash: await hashPassword(password),
      nowMs: Date.now(),
      days,
    }).catch(tellTaken)
    const seconds = (performance.now() - startedMs) / 1_000
    const files = flags.count('files')
    if (files > 0)
      await insertFiles({ sql: database.sql, files: await openFiles(config) }, plan, files)
    const { users, rooms, members } = size
    const chats = size.chats + size.big
    console.log(`${users} users (${size.prefix}0@example.com …, password ${password})`)
    console.log(
      `${rooms} rooms of ${members} members${rooms > 0 ? ` (${plan.places[0]?.slug} …)` : ''}`,
    )
    const perSecond = Math.round((chats + rooms * members) / seconds)
    console.log(`${chats} chats in ${seconds.toFixed(1)} s (${perSecond} rows/s)`)

    const file = flags.text('tokens')
    if (file === '') return
    const tokens = createAccessTokens({
      secrets: [loadSigningKey({ secret: config.JWT_SECRET, dataDir: config.DATA_DIR })],
      sql: database.sql,
      clock: Date.now,
      steadyClock: Date.now,
      ttlSeconds,
    })
    const lines = await openTokens({ sql: database.sql, tokens, newId, ttlSeconds }, plan.people)
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
    // `mode` counts only for a file that is new.
    chmodSync(file, 0o600)
    console.log(`${lines.length} access tokens in ${file}, good for ${ttlSeconds} s`)
  } finally {
    await database.close()
  }
})

function tellTaken(error: unknown): never {
  if (error instanceof postgres.PostgresError && error.code === '23505') {
    throw new UsageError('Some of these names are taken here: choose another --prefix')
  }
  throw error
}
