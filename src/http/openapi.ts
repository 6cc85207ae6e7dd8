import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { errorStatus } from '../protocol/errors.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import type { AppEnv } from './context.ts'

export type OpenApi = Awaited<ReturnType<typeof generateSpecs>>
export type Operation = NonNullable<OpenApi['paths'][string]['get']>

const about = `
The REST side of Parley. Ids are strings, times are ISO 8601 in UTC. Every refusal has the same body:
\`{ "error": { "code", "message", "fields"? } }\`, and \`Retry-After\` where waiting helps.
Chats arrive live over the WebSocket at \`/ws\`.`.trim()

const bodyErrors: ErrorCode[] = ['malformed', 'too_large', 'unsupported_media_type']
const fieldErrors: ErrorCode[] = ['invalid', 'too_long']

/** The OpenAPI 3.1 document of every route that `describe`s itself. */
export async function openApiOf(app: Hono<AppEnv>): Promise<OpenApi> {
  const document = await generateSpecs(app, {
    documentation: {
      info: { title: 'Parley', version: '1', description: about, license: { name: 'MIT' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          accessToken: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'The `accessToken` of sign-in, sign-up or refresh.',
          },
        },
      },
    },
    defaultValidationErrorResponse: false,
  })
  for (const operation of operationsOf(document).map((listed) => listed.operation)) {
    if (takesJson(operation)) addErrors(operation, [...bodyErrors, ...fieldErrors])
    else if (operation.parameters?.length) addErrors(operation, fieldErrors)
  }
  return document
}

const takesJson = ({ requestBody }: Operation): boolean =>
  requestBody !== undefined && 'content' in requestBody && 'application/json' in requestBody.content

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

export interface ListedOperation {
  method: (typeof methods)[number]
  path: string
  operation: Operation
}

export const operationsOf = (document: OpenApi): ListedOperation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ method, path, operation }] : []
    }),
  )

/** What `validate` may answer is known from what it takes, so that no route has to name it. */
function addErrors(operation: Operation, codes: ErrorCode[]): void {
  const responses = (operation.responses ??= {})
  for (const code of codes) {
    const status = String(errorStatus[code])
    const known = responses[status]
    const named = known && 'description' in known ? (known.description ?? '').split(', ') : []
    responses[status] = {
      description: [...new Set([...named.filter(Boolean), code])].join(', '),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    }
  }
}
