import { describeRoute, resolver } from 'hono-openapi'
import type { ZodType } from 'zod'
import { errorBodySchema, errorStatus, type ErrorCode } from '../protocol/errors.ts'

export interface Description {
  summary: string
  tags: string[]
  /** The body of each success; null for one without a body. */
  responses: Record<number, ZodType | null>
  /** Errors of this route beside those that any route can answer. */
  errors?: ErrorCode[]
  /** False for routes that ask for no access token. */
  auth?: boolean
}

const usualErrors: ErrorCode[] = ['malformed', 'invalid', 'rate_limited', 'internal']

/** A route in the OpenAPI document. */
export function describe({ summary, tags, responses, errors = [], auth = true }: Description) {
  const codes: ErrorCode[] = [
    ...(auth ? (['unauthenticated'] as const) : []),
    ...usualErrors,
    ...errors,
  ]
  const byStatus = new Map<number, Set<ErrorCode>>()
  for (const code of codes) {
    const status = errorStatus[code]
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code))
  }
  const failures = [...byStatus].map(([status, same]) => [
    String(status),
    {
      description: [...same].join(', '),
      content: { 'application/json': { schema: resolver(errorBodySchema) } },
    },
  ])
  const successes = Object.entries(responses).map(([status, schema]) => [
    status,
    schema
      ? { description: 'OK', content: { 'application/json': { schema: resolver(schema) } } }
      : { description: 'OK, without a body' },
  ])
  return describeRoute({
    summary,
    tags,
    responses: Object.fromEntries([...successes, ...failures]),
    ...(auth && { security: [{ accessToken: [] }] }),
  })
}
