import { configure, getLogger, jsonLinesFormatter, type Logger } from '@logtape/logtape'
import type { Hono } from 'hono'
import { parseConfig, type Config } from '../config.ts'
import { AppError } from '../protocol/errors.ts'
import type { User } from '../protocol/users.ts'
import type { AppEnv } from './context.ts'
import { onError } from './errors.ts'

export const ann: User = {
  id: '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60',
  handle: 'ann',
  name: 'Ann',
  avatarColor: 0,
}

/** Tokens without keys: `good` is Ann's, everything else is refused. */
export const tokens = {
  issue: () => Promise.reject(new Error('not asked of here')),
  verify: (token: string) =>
    token === 'good'
      ? Promise.resolve({
          user: ann,
          sessionId: '0198a7c2-0000-7d10-9c4b-2f1e8a5d7b60',
          expiresAtMs: Number.MAX_SAFE_INTEGER,
          serverRole: 'member' as const,
        })
      : Promise.reject(new AppError('token_expired', 'The access token has ended')),
  forget: () => {},
}

export const configOf = (settings: Record<string, string> = {}): Config => parseConfig(settings)

const logs = new Map<string, string[]>()

/**
 * A log whose lines, as an operator gets them, can be read back. The library has one log for the
 * process: each test writes under a name of its own.
 */
export async function openTestLog(): Promise<{ log: Logger; text: () => string }> {
  const name = `test-${logs.size}`
  const lines: string[] = []
  logs.set(name, lines)
  if (logs.size === 1) {
    await configure({
      reset: true,
      sinks: {
        memory: (record) =>
          void logs.get(record.category[1] ?? '')?.push(jsonLinesFormatter(record)),
      },
      loggers: [
        { category: 'parley', lowestLevel: 'debug', sinks: ['memory'] },
        { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: [] },
      ],
    })
  }
  return { log: getLogger(['parley', name]), text: () => lines.join('') }
}

export interface Answer {
  status: number
  headers: Headers
  /** The `error` of a refusal. */
  error: { code?: string; message?: string; fields?: { field: string }[] }
  text: string
}

/** Asks `app` as a client with an address would; errors become answers as they do in Parley. */
export async function ask(
  app: Hono<AppEnv>,
  path: string,
  init: RequestInit = {},
  peerAddress = '192.0.2.1',
): Promise<Answer> {
  const response = await app.onError(onError).request(path, init, { peerAddress })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  // A refusal's body is this; of anything else the fields are undefined, and expectations fail.
  const body = (isJson ? JSON.parse(text) : {}) as { error?: Answer['error'] }
  return { status: response.status, headers: response.headers, error: body.error ?? {}, text }
}

export const json = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
})
