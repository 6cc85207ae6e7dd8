import { afterAll, beforeAll, expect, test } from 'bun:test'
import { signUp, startOnBun, type Cast, type WireServer } from '../adapters/testing.ts'
import { searchPageSchema } from '../protocol/search.ts'

let server: WireServer
let ada: Cast
let grace: Cast
let roomId: string
let secretId: string

beforeAll(async () => {
  server = await startOnBun()
  ada = await signUp(server.url, 'Ada')
  grace = await signUp(server.url, 'Grace')
  roomId = await makeRoom('general', 'public')
  secretId = await makeRoom('secret', 'private')
})
afterAll(() => server.stop())

async function makeRoom(name: string, kind: string): Promise<string> {
  const { body } = await ada.request('POST', '/api/rooms', { name, kind })
  return (body['room'] as { id: string }).id
}
const search = (person: Cast, params: Record<string, string>) =>
  person.request('GET', `/api/search?${new URLSearchParams(params).toString()}`)

/** The messages found, once there are as many: the index is a moment behind. */
async function found(person: Cast, query: string, count: number): Promise<string[]> {
  const untilMs = performance.now() + 4_000
  for (;;) {
    const { status, body } = await search(person, { query })
    expect(status).toBe(200)
    const { results } = searchPageSchema.parse(body)
    if (results.length === count || performance.now() > untilMs)
      return results.map(({ chat }) => chat.message)
  }
}

test('SE4: what was said is found within a second, and so is what became of it', async () => {
  const path = `/api/rooms/${roomId}/chats`
  const { body } = await ada.request('POST', path, { message: 'Marmalade on toast' })
  const startMs = performance.now()
  expect(await found(grace, 'marmalade', 1)).toEqual(['Marmalade on toast'])
  expect(performance.now() - startMs).toBeLessThan(1_000)
  const chatId = (body['chat'] as { id: string }).id
  await ada.request('PATCH', `${path}/${chatId}`, { message: 'Honey on toast' })
  expect(await found(grace, 'honey', 1)).toEqual(['Honey on toast'])
  expect(await found(grace, 'marmalade', 0)).toEqual([])
  await ada.request('DELETE', `${path}/${chatId}`)
  expect(await found(grace, 'honey', 0)).toEqual([])
})

test('SE1: a result tells the chat, its room, and where it fits', async () => {
  await ada.request('POST', `/api/rooms/${roomId}/chats`, { message: 'Two lemons, one lemonade' })
  await found(grace, 'lemon', 1)
  const { body } = await search(grace, { query: 'lemon', roomId })
  expect(body).toMatchObject({
    results: [
      {
        chat: { message: 'Two lemons, one lemonade', sender: { name: 'Ada' } },
        room: { id: roomId, kind: 'public', slug: 'general', name: 'general' },
        highlights: [
          [4, 9],
          [16, 21],
        ],
      },
    ],
    nextCursor: null,
  })
})

test('security 22, 30: of a private room nothing is found, and to search in it is 404', async () => {
  await ada.request('POST', `/api/rooms/${secretId}/chats`, { message: 'The vault code is 4711' })
  expect(await found(ada, 'vault', 1)).toHaveLength(1)
  for (const query of ['vault', 'in:#secret vault', '4711', 'valut', 'from:@ada vault'])
    expect((await search(grace, { query })).body).toEqual({ results: [], nextCursor: null })
  expect(await search(grace, { query: 'vault', roomId: secretId })).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  })
  const nowhere = await search(grace, { query: 'vault', roomId: grace.me.id })
  expect(nowhere.body).toEqual((await search(grace, { query: 'vault', roomId: secretId })).body)
})

test('security 30: a cursor of somebody else, or of another search, is 400', async () => {
  for (let n = 0; n < 21; n += 1)
    await ada.request('POST', `/api/rooms/${roomId}/chats`, { message: `Pebble ${n}` })
  // A page tells no more than 20.
  await found(ada, 'pebble 20', 1)
  const { body } = await search(ada, { query: 'pebble' })
  const cursor = String(body['nextCursor'])
  const next = await search(ada, { query: 'pebble', cursor })
  expect(searchPageSchema.parse(next.body).results).toHaveLength(1)
  for (const [person, params] of [
    [grace, { query: 'pebble', cursor }],
    [ada, { query: 'pebbles', cursor }],
    [ada, { query: 'pebble', cursor, roomId }],
    [ada, { query: 'pebble', cursor: 'made up' }],
  ] as const) {
    expect(await search(person, params)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_cursor' } },
    })
  }
})

test('what can be no search is refused by the name of its field', async () => {
  for (const [params, field] of [
    [{ query: 'a'.repeat(501) }, 'query'],
    [{ query: 'a\0b' }, 'query'],
    [{ query: 'a', roomId: 'general' }, 'roomId'],
    [{ query: 'a', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ query: 'a', cursor: 'a'.repeat(1_001) }, 'cursor'],
  ] as const) {
    const { status, body } = await search(ada, params)
    expect(status).toBe(422)
    expect(body).toMatchObject({ error: { fields: [{ field }] } })
  }
})
