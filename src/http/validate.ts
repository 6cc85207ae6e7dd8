import { zValidator } from '@hono/zod-validator'
import { resolver, uniqueSymbol } from 'hono-openapi'
import type { ZodType } from 'zod'
import { invalidInput } from '../protocol/errors.ts'

const names = { json: 'Invalid body', query: 'Invalid query', param: 'Invalid path' }

/**
 * Validates a part of the request by a protocol schema, and documents it by the same one.
 * @throws AppError `invalid` or `too_long` that names each field
 */
export function validate<Schema extends ZodType, Target extends 'json' | 'query' | 'param'>(
  target: Target,
  schema: Schema,
) {
  const middleware = zValidator(target, schema, (result) => {
    if (!result.success) throw invalidInput(result.error, names[target])
  })
  // What hono-openapi's own validator carries; ours answers with our errors.
  return Object.assign(middleware, {
    [uniqueSymbol]: { target, ...resolver(schema, { io: 'input' }) },
  })
}
