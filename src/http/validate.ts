import { zValidator } from '@hono/zod-validator'
import type { Env, MiddlewareHandler, ValidationTargets } from 'hono'
import { resolver, uniqueSymbol } from 'hono-openapi'
import type { InferInput } from 'hono/validator'
import { z } from 'zod'
import { invalidInput, parseInput } from '../protocol/errors.ts'
import { readJsonBody } from './json-body.ts'

type Target = 'json' | 'query' | 'param'

/** What a route takes (for `hc`) and gets (for `c.req.valid`). */
interface Validated<T extends Target, Schema extends z.ZodType> {
  in: { [K in T]: Given<K, z.input<Schema>> }
  out: { [K in T]: z.output<Schema> }
}

type Given<T extends Target, In> = [In] extends [ValidationTargets[T]] ? In : InferInput<In, T>

const names = { json: 'Invalid body', query: 'Invalid query', param: 'Invalid path' } as const

/**
 * Validates a part of the request by a protocol schema, and documents it by the same one.
 * @throws AppError `invalid` or `too_long` that names each field; for a body also what `readJsonBody` throws
 */
export function validate<
  T extends Target,
  Schema extends z.ZodType,
  E extends Env,
  P extends string,
>(target: T, schema: Schema): MiddlewareHandler<E, P, Validated<T, Schema>> {
  const parse = zValidator(
    target,
    schema,
    (result) => {
      if (!result.success) throw invalidInput(new z.ZodError(result.error.issues), names[target])
    },
    // The option's type does not resolve for a schema that is a parameter; this is what it asks for.
    { validationFunction: parseInput as never },
  )
  const middleware: MiddlewareHandler = async (c, next) => {
    if (target === 'json') await readJsonBody(c)
    return parse(c, next)
  }
  // What hono-openapi's own validator carries; ours answers with our errors.
  return Object.assign(middleware, { [uniqueSymbol]: { target, ...resolver(schema) } })
}
