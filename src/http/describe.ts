import { describeRoute, resolver } from 'hono-openapi'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { errorBodySchema, errorStatus } from '../protocol/errors.ts'
import type { ErrorCode } from '../protocol/errors.ts'

export interface Description {
  summary: string
  tags: string[]
  /** The body of each success; null for one without a body, `bytes` for a file. */
  responses: Record<number, z.ZodType | 'bytes' | null>
  /** What the request brings that is no JSON; JSON is described by `validate`. */
  body?: 'bytes'
  /** Beside those that any route can answer, and those of what it validates. */
  errors?: ErrorCode[]
  /** False for routes that ask for no access token. */
  auth?: boolean
}

type Responses = NonNullable<Parameters<typeof describeRoute>[0]['responses']>

const tokenErrors: ErrorCode[] = ['unauthenticated', 'token_expired', 'session_revoked']
const usualErrors: ErrorCode[] = ['rate_limited', 'internal']

/** A route in the OpenAPI document. */
export function describe(description: Description): MiddlewareHandler {
  const { summary, tags, responses, body, errors = [], auth = true } = description
  const successes = Object.entries(responses).map(([status, schema]) => [
    status,
    schema
      ? { description: 'Done', content: schema === 'bytes' ? bytes : jsonOf(schema) }
      : { description: 'Done, without a body' },
  ])
  const failures = [...(auth ? tokenErrors : []), ...errors, ...usualErrors]
  return describeRoute({
    summary,
    tags,
    security: auth ? [{ accessToken: [] }] : [],
    ...(body && { requestBody: { required: true, content: bytes } }),
    responses: { ...errorResponses(failures), ...Object.fromEntries(successes) },
  })
}

/** One entry a status, which names the codes that `error.code` may hold there. */
function errorResponses(codes: ErrorCode[]): Responses {
  const byStatus = new Map<number, Set<ErrorCode>>()
  for (const code of codes) {
    const same = byStatus.get(errorStatus[code]) ?? new Set()
    byStatus.set(errorStatus[code], same.add(code))
  }
  return Object.fromEntries(
    Array.from(byStatus, ([status, same]) => [
      String(status),
      { description: [...same].join(', '), content: jsonOf(errorBodySchema) },
    ]),
  )
}

const bytes = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
} as const

/** As it leaves: after transforms and defaults. */
const jsonOf = (schema: z.ZodType) => ({
  'application/json': { schema: resolver(schema, { options: { io: 'output' } }) },
})
