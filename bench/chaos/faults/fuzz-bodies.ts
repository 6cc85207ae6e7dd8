import { z } from 'zod'
import { errorBodySchema } from '../../../src/protocol/errors.ts'
import type { Fault } from '../fault.ts'
import { type RandomJson, createRandomJson } from '../random-json.ts'
import { isStillUp } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const together = 8

/** The part of `/api/openapi.json` that is looked at. */
const operationSchema = z.object({
  parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
  requestBody: z
    .object({
      content: z.record(
        z.string(),
        z.object({
          schema: z.object({
            // Raw bytes have none.
            properties: z
              .record(z.string(), z.object({ enum: z.array(z.string()).optional() }))
              .default({}),
          }),
        }),
      ),
    })
    .optional(),
})
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})

interface Route extends z.infer<typeof operationSchema> {
  method: string
  path: string
}

interface Request {
  path: string
  init: { method: string; headers: Headers; body?: string }
}

export const fuzzBodies: Fault = {
  name: 'fuzz-bodies',
  about:
    'a hundred thousand random requests to every route; no crash, no 5xx, every refusal a typed error',
  nodes: 1,
  async run(stage) {
    const { expect, nodes, times, random } = stage
    const [node] = nodes
    if (!node) return
    const pid = node.pid()
    const url = stage.urlOf(0)
    // Signing out works: soon nobody would be left to try the other routes.
    const routes = (await routesOf(url)).filter(({ path }) => path !== '/api/auth/signout')
    const json = createRandomJson(random)
    const values = await knownValues(stage)
    const statuses = new Map<number, number>()
    const broken: string[] = []
    const untyped: string[] = []
    const share = times(100_000, 6_000, 1_600) / together
    const planned = routes.flatMap((route) =>
      json.oneWrong(fieldsOf(route, values)).map((body) => ({ route, body })),
    )
    const work = async (): Promise<void> => {
      for (let left = share; left > 0; left -= 1) {
        const { route, body: wrong } = planned.pop() ?? { route: json.pick(routes) }
        const { path, init } = randomRequest(json, route, values, stage.tokens)
        if (wrong !== undefined) init.body = wrong
        const response = await fetch(url + path, init)
        const body: unknown = await response.json().catch(() => null)
        const { status } = response
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        const told = `${init.method} ${path} ${init.body?.slice(0, 200)}: ${status}`
        if (status >= 500) broken.push(told)
        else if (status >= 400 && !errorBodySchema.safeParse(body).success) untyped.push(told)
      }
    }
    await Promise.all(Array.from({ length: together }, work))
    stage.trial(share * together)
    expect.atLeast('routes', routes.length, 20)
    expect.none('answers of 500 and more', broken)
    expect.none('refusals without a typed error', untyped)
    const told = [...statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([code, count]) => `${code}: ${count}`)
    expect.holds(
      'some succeed, some are refused',
      statuses.has(200) && statuses.has(422),
      told.join(', '),
    )
    expect.holds('the process is up', await isStillUp(node, pid))
  },
}

const routesOf = async (url: string): Promise<Route[]> => {
  const document: unknown = await (await fetch(`${url}/api/openapi.json`)).json()
  return Object.entries(documentSchema.parse(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  )
}

/** What fields and parameters of that name could hold, so that some requests get past the first check. */
const knownValues = async (stage: Stage): Promise<Record<string, readonly unknown[]>> => {
  const chats = (await stage.readLog()).slice(0, 50)
  const userIds = chats.map(({ senderId }) => senderId)
  return {
    roomId: stage.roomIds.flat(),
    chatId: chats.map(({ id }) => id),
    userId: userIds,
    userIds: [userIds.slice(0, 1), userIds.slice(0, 3), []],
    message: ['hello', '@user1 look', ' '],
    cid: ['a', 'b', 'c'],
    name: ['General', 'Ada'],
    slug: ['general-0'],
    handle: ['ada', 'Ada'],
    email: ['ada@example.com', 'no mail'],
    seq: [0, 1, 1_000_000],
    avatarColor: [0, 11, 12],
    archived: [true, false],
    emoji: ['👍', '🎉', 'no emoji'],
    threadId: chats.map(({ id }) => id),
    replyToId: chats.map(({ id }) => id),
    fileIds: [[], userIds.slice(0, 1)],
    follows: [true, false],
    back: [true, false],
    muted: [true, false],
    notify: ['all', 'none', null],
    unread: ['true', 'false', 'x'],
    limit: [1, 50, 200, 201],
    before: [0, 5],
    after: [0, 5],
    around: [1, 5],
    cursor: ['x', 'eyJhIjoxfQ'],
    query: ['a', '%', '_'],
  }
}

/** What each field of the route's body could hold. */
const fieldsOf = (
  { requestBody }: Route,
  values: Record<string, readonly unknown[]>,
): Record<string, readonly unknown[]> => {
  const fields = requestBody?.content['application/json']?.schema.properties ?? {}
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.enum ?? values[name] ?? []]),
  )
}

function randomRequest(
  json: RandomJson,
  route: Route,
  values: Record<string, readonly unknown[]>,
  tokens: readonly string[],
): Request {
  const { method, path, parameters, requestBody } = route
  const textOf = (name: string): string => {
    const known = values[name] ?? []
    const text = known.length > 0 && json.chance(0.7) ? String(json.pick(known)) : json.text()
    // An address holds no half of a surrogate pair, and not everything of what else is long.
    return text.toWellFormed().slice(0, 2_000)
  }
  const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(textOf(name)))
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && json.chance(0.5))
    .map(({ name }) => `${name}=${encodeURIComponent(textOf(name))}`)
  const headers = new Headers({
    'content-type': json.chance(0.97) ? 'application/json' : json.pick(['text/plain', 'x', '']),
  })
  if (json.chance(0.95)) headers.set('authorization', `Bearer ${json.pick(tokens)}`)
  const hasBody = method !== 'GET' && (requestBody !== undefined || json.chance(0.1))
  return {
    path: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
    init: {
      method,
      headers,
      ...(hasBody && {
        body: json.chance(0.8) ? json.objectOf(fieldsOf(route, values)) : json.text(),
      }),
    },
  }
}
