import { describeRoute, resolver } from 'hono-openapi'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { errorBodySchema, errorStatus } from '../protocol/errors.ts'
import type { ErrorCode } from '../protocol/errors.ts'

export interface Description {
  summary: string
  tags: string[]
  /** The body of each success; null for one without a body. */
  responses: Record<number, z.ZodType | null>
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
  const { summary, tags, responses, errors = [], auth = true } = description
  const successes = Object.entries(responses).map(([status, schema]) => [
    status,
    schema
      ? { description: 'Done', content: jsonOf(schema) }
      : { description: 'Done, without a body' },
  ])
  const failures = [...(auth ? tokenErrors : []), ...errors, ...usualErrors]
  return describeRoute({
    summary,
    tags,
    security: auth ? [{ accessToken: [] }] : [],
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

/** As it leaves: after transforms and defaults. */
const jsonOf = (schema: z.ZodType) => ({
  'application/json': { schema: resolver(schema, { options: { io: 'output' } }) },
})
