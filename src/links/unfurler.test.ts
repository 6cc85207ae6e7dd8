import { afterAll, beforeAll, expect, test } from 'bun:test'
import { getLogger } from '@logtape/logtape'
import type { Sql } from 'postgres'
import { findChat } from '../chats/chat-reads.ts'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import { noFiles } from '../files/testing.ts'
import type { Chat } from '../protocol/chats.ts'
import type { User } from '../protocol/users.ts'
import type { MarkOp, WriteOp } from '../realtime/ports.ts'
import { addUser, castOf, chatIn, mustBeOk, newId } from '../rooms/testing.ts'
import type { Network, NetworkTarget } from './guarded-get.ts'
import { openUnfurler } from './open-unfurler.ts'
import { cachedPreview, forgetOldPreviews, keepPreview } from './store.ts'
import type { Unfurler } from './unfurler.ts'

let database: TestDatabase
let sql: Sql
let ann: User
let bob: User
let roomId: string
let commit: (op: WriteOp) => Promise<Chat[]>
const opened: Unfurler[] = []

beforeAll(async () => {
  database = await testDatabase()
  sql = database.sql
  const cast = castOf(sql)
  ann = await addUser(sql, 'Ann')
  bob = await addUser(sql, 'Bob')
  roomId = await cast.room(ann, [bob])
  commit = async (op) => mustBeOk((await cast.log.commit([op]))[0]).chats
})
afterAll(async () => {
  for (const unfurler of opened) unfurler.stop()
  await database.drop()
})

const say = async (message: string, sender = ann): Promise<Chat> =>
  chatIn(await castOf(sql).say(roomId, sender, message))
const now = (chat: Chat): Promise<Chat> => findChat(sql, roomId, chat.id)
const titled = (title: string) =>
  new Response(`<title>${title}</title>`, { headers: { 'content-type': 'text/html' } })

/** An unfurler on the real log, with a network of its own. */
function scene(answer: (target: NetworkTarget) => Response | Promise<Response>) {
  const asked: string[] = []
  const marks: Omit<MarkOp, 'kind'>[] = []
  const network: Network = {
    resolve: async () => ['93.184.216.34'],
    request: async (target) => {
      asked.push(target.url.href)
      return answer(target)
    },
  }
  const unfurler = openUnfurler({
    sql,
    network,
    files: noFiles,
    newId,
    hub: {
      mark: async (op) => {
        marks.push(op)
        const [chat] = await commit({ kind: 'mark', ...op })
        if (!chat) throw new Error('no chat')
        // As the hub does: what was stored is told.
        unfurler.onStored([chat])
        return chat
      },
    },
    wallClock: Date.now,
    log: getLogger('parley'),
  })
  opened.push(unfurler)
  const stored = async (...chats: Chat[]) => {
    unfurler.onStored(chats)
    await unfurler.idle()
  }
  return { unfurler, stored, asked, marks }
}

test('LI1: a new chat gets previews of its first three links, in their order, with a rev of its own', async () => {
  const { stored, asked } = scene(({ url }) => titled(`Page ${url.pathname}`))
  const chat = await say(
    'https://li1.example/a https://li1.example/b?q#part, https://li1.example/c http://li1.example/d',
  )
  await stored(chat)
  const after = await now(chat)
  expect(after.links).toEqual([
    { url: 'https://li1.example/a', site: 'li1.example', title: 'Page /a', description: '' },
    { url: 'https://li1.example/b?q#part', site: 'li1.example', title: 'Page /b', description: '' },
    { url: 'https://li1.example/c', site: 'li1.example', title: 'Page /c', description: '' },
  ])
  expect(after.rev).toBeGreaterThan(chat.rev)
  expect(asked.toSorted()).toEqual([
    'https://li1.example/a',
    'https://li1.example/b?q',
    'https://li1.example/c',
  ])
})

test('an address is asked once a day, by many chats at once too; what can’t be got is not asked again soon', async () => {
  const { stored, asked } = scene(({ url }) =>
    url.pathname === '/gone' ? new Response(null, { status: 404 }) : titled('Once'),
  )
  const text = 'https://once.example/x https://once.example/gone'
  const chats = await Promise.all([say(text), say(text), say(text)])
  await stored(...chats)
  await stored(await say(text))
  expect(asked.toSorted()).toEqual(['https://once.example/gone', 'https://once.example/x'])
  for (const chat of chats) expect((await now(chat)).links).toHaveLength(1)
  await sql`update link_previews set fetched_at = now() - interval '11 minutes' where url like 'https://once.example/%'`
  await stored(await say(text))
  expect(asked.slice(2)).toEqual(['https://once.example/gone'])
  await sql`update link_previews set fetched_at = now() - interval '25 hours' where url like 'https://once.example/%'`
  await stored(await say(text))
  expect(asked.slice(3)).toContain('https://once.example/x')
})

test('nothing is asked for code, system chats, deleted ones, and chats without links', async () => {
  const { stored, asked } = scene(() => titled('x'))
  const gone = await say('https://none.example/gone')
  await commit({ kind: 'edit', roomId, chatId: gone.id, actor: ann, message: null })
  const plain = await say('`https://none.example/code`')
  await stored(plain, await now(gone), {
    ...plain,
    kind: 'system',
    message: 'https://none.example',
  })
  expect(asked).toEqual([])
})

test('an edit gets previews of its own links; a reaction, a pin or the preview itself asks nothing', async () => {
  const { stored, asked } = scene(({ url }) => titled(url.pathname))
  const chat = await say('https://edit.example/one')
  await stored(chat)
  const mark = { type: 'reaction', emoji: '👍' } as const
  await stored(
    ...(await commit({ kind: 'mark', roomId, chatId: chat.id, actor: bob, mark, on: true })),
  )
  expect(asked).toHaveLength(1)
  const edit = { kind: 'edit', roomId, chatId: chat.id, actor: ann } as const
  await stored(...(await commit({ ...edit, message: 'https://edit.example/two' })))
  expect((await now(chat)).links?.map(({ title }) => title)).toEqual(['/two'])
  await stored(...(await commit({ ...edit, message: 'none' })))
  expect((await now(chat)).links).toBeUndefined()
})

test('previews of what a chat said before an edit do not come under what it says now', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { unfurler } = scene(() => promise)
  const chat = await say('https://slow.example/before')
  unfurler.onStored([chat])
  await commit({ kind: 'edit', roomId, chatId: chat.id, actor: ann, message: 'no link' })
  resolve(titled('Before'))
  await unfurler.idle()
  expect((await now(chat)).links).toBeUndefined()
})

test('previews that the author took off stay off, and ask for nothing without end', async () => {
  const { stored, marks } = scene(() => titled('x'))
  const chat = await say('https://off.example')
  await stored(chat)
  const mark = { type: 'links', links: [] } as const
  await stored(
    ...(await commit({
      kind: 'mark',
      roomId,
      chatId: chat.id,
      actor: ann,
      mark: { ...mark, links: [] },
      on: false,
    })),
  )
  // On another node, which has not seen the chat before.
  const other = scene(() => titled('x'))
  await other.stored(await now(chat))
  expect((await now(chat)).links).toBeUndefined()
  expect([marks.length, other.marks.length]).toEqual([1, 1])
})

test('a chat said long ago is left alone', async () => {
  const { stored, asked } = scene(() => titled('x'))
  const chat = await say('https://old.example')
  const createdAt = new Date(Date.now() - 6 * 60_000).toISOString()
  await stored({ ...chat, createdAt })
  expect(asked).toEqual([])
})

test('few are under way at once, one person has few places, and past the bound chats go without', async () => {
  let under = 0
  let most = 0
  const turn = Promise.withResolvers<void>()
  const { unfurler, asked } = scene(async () => {
    under += 1
    most = Math.max(most, under)
    if (under === 4) turn.resolve()
    await turn.promise
    under -= 1
    return titled('x')
  })
  const ofAnn = await Promise.all(
    Array.from({ length: 30 }, (_, n) => say(`https://many.example/a${n}`)),
  )
  const ofBob = await say('https://many.example/bob', bob)
  unfurler.onStored([...ofAnn, ofBob])
  await unfurler.idle()
  expect(most).toBe(4)
  // Ten that waited, of which four were taken up when the batch was whole.
  expect(asked).toHaveLength(11)
  expect((await now(ofBob)).links).toHaveLength(1)
})

test('a network that fails in its own way, and a sender who left, hurt nobody', async () => {
  const failing = scene(() => {
    throw Object.assign(new Error('refused'), { code: 'ConnectionRefused' })
  })
  const chat = await say('https://fails.example')
  await failing.stored(chat)
  expect((await now(chat)).links).toBeUndefined()
  expect(await cachedPreview(sql, 'https://fails.example/')).toBeNull()

  const cem = await addUser(sql, 'Cem')
  await commit({ kind: 'room', roomId, actor: ann, change: { type: 'add', userId: cem.id } })
  const last = await say('https://left.example', cem)
  await commit({ kind: 'room', roomId, actor: cem, change: { type: 'leave' } })
  await scene(() => titled('x')).stored(last)
  expect((await now(last)).links).toBeUndefined()
})

test('a stop ends what is under way and remembers nothing wrong of it', async () => {
  const { unfurler } = scene(() => new Promise<never>(() => {}))
  unfurler.onStored([await say('https://stopped.example')])
  unfurler.stop()
  await unfurler.idle()
  expect(await cachedPreview(sql, 'https://stopped.example/')).toBeUndefined()
})

test('what is too old to show is let go', async () => {
  await keepPreview(sql, 'https://keep.example/', { site: 's', title: 't', description: '' })
  await keepPreview(sql, 'https://go.example/', null)
  await sql`update link_previews set fetched_at = now() - interval '2 days' where url = 'https://go.example/'`
  await forgetOldPreviews(sql)
  const left =
    await sql`select url from link_previews where url in ('https://keep.example/', 'https://go.example/')`
  expect(left.map((row) => String(row['url']))).toEqual(['https://keep.example/'])
})
