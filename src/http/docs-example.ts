import { z } from 'zod'
import type { OpenApi } from './openapi.ts'

/** As much of JSON Schema as our zod schemas become. */
const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
})

/** By format, else by the name of the field. */
const strings: Record<string, string> = {
  uuid: '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60',
  email: 'ada@example.org',
  'date-time': '2026-01-31T09:30:00.000Z',
  password: 'correct horse battery',
  currentPassword: 'correct horse battery',
  newPassword: 'staple battery horse',
  name: 'Ada',
  handle: 'ada',
  message: 'Good morning',
  topic: 'What we work on',
  slug: 'general',
}

/** A value that fits `schema`, for people to look at. */
export function exampleOf(schema: unknown, document: OpenApi, field = ''): unknown {
  const parsed = schemaSchema.safeParse(schema)
  if (!parsed.success) return null
  const { $ref, type, format, properties, items, anyOf, oneOf, allOf, minimum } = parsed.data
  if ($ref) {
    const name = $ref.split('/').at(-1) ?? ''
    return exampleOf(document.components.schemas?.[name], document)
  }
  if ('const' in parsed.data) return parsed.data.const
  if (parsed.data.enum) return parsed.data.enum[0]
  const choice = (anyOf ?? oneOf ?? allOf)?.[0]
  if (choice !== undefined) return exampleOf(choice, document, field)
  switch (String(Array.isArray(type) ? type[0] : type)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, inner]) => [
          key,
          exampleOf(inner, document, key),
        ]),
      )
    case 'array':
      return [exampleOf(items, document)]
    case 'integer':
    case 'number':
      return minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      return strings[format ?? field] ?? 'text'
    default:
      return null
  }
}
