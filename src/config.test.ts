import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { ConfigError, parseConfig, settingNames } from './config.ts'

test('with nothing set, Parley has all it needs', () => {
  expect(parseConfig({})).toMatchObject({
    PORT: 3000,
    DATA_DIR: './data',
    TRUST_PROXY: false,
    REGISTRATION: 'open',
  })
})

test('an empty value counts as unset', () => {
  expect(parseConfig({ PORT: '', JWT_SECRET: '' })).toMatchObject({ PORT: 3000 })
})

test('a limit of 0 means none', () => {
  expect(parseConfig({ LIMIT_REQUESTS_PER_MINUTE: '0' }).LIMIT_REQUESTS_PER_MINUTE).toBe(Infinity)
})

const fault = (record: Record<string, string>): string => {
  try {
    parseConfig(record)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  return 'no ConfigError'
}

test.each([
  ['PORT', '99999'],
  ['PORT', '-1'],
  ['PORT', '3000a'],
  ['DATABASE_URL', 'mysql://localhost/parley'],
  ['REDIS_URL', 'localhost:6379'],
  ['PUBLIC_URL', 'chat.example.com'],
  ['TRUST_PROXY', 'yes'],
  ['REGISTRATION', 'sometimes'],
  ['LOG_LEVEL', 'loud'],
  ['LIMIT_CHAT_BURST', '1.5'],
  ['ACCESS_TOKEN_TTL_SECONDS', '0'],
])('%s=%s stops the start with one line that names it', (name, value) => {
  expect(fault({ [name]: value })).toStartWith(`Parley can't start: ${name} `)
  expect(fault({ [name]: value })).not.toContain('\n')
})

test.each(['DATABASE_URL', 'JWT_SECRET'])(
  'REDIS_URL without %s stops the start: nodes must have it in common',
  (missing) => {
    const given = {
      REDIS_URL: 'redis://localhost',
      DATABASE_URL: 'postgres://localhost/parley',
      JWT_SECRET: 'a secret of 32 bytes for the tests',
    }
    expect(parseConfig(given).REDIS_URL).toBe('redis://localhost')
    expect(fault({ ...given, [missing]: '' })).toStartWith(`Parley can't start: ${missing} `)
  },
)

test('all that is wrong is told at once', () => {
  const told = fault({ PORT: 'x', LOG_LEVEL: 'loud' })
  expect(told).toContain('PORT')
  expect(told).toContain('LOG_LEVEL')
})

test('security 59: a secret under 32 bytes stops the start, and is not shown', () => {
  const told = fault({ JWT_SECRET: 'canary-secret' })
  expect(told).toContain('JWT_SECRET must be 32 bytes or more')
  expect(told).not.toContain('canary')
})

test('security 59: bytes are counted, not characters', () => {
  expect(parseConfig({ JWT_SECRET: 'ü'.repeat(16) }).JWT_SECRET).toBeDefined()
})

test('the README lists every setting, in the order of the code', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const listed = Array.from(readme.matchAll(/^\| `([A-Z\d_]+)`/gm), ([, name]) => name)
  expect(listed).toEqual(settingNames)
})
