import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Sql } from 'postgres'
import type { SearchResult } from '../protocol/search.ts'
import { isStorable } from '../protocol/text.ts'
import type { User } from '../protocol/users.ts'
import type { PostOp } from '../realtime/ports.ts'
import { openDirectRoom } from '../rooms/direct-room.ts'
import { addUser, castOf, chatIn, mustBeOk, newId, postOp, rejectionOf } from '../rooms/testing.ts'
import { createIndexer } from './indexer.ts'
import { searchChats } from './search-chats.ts'
import { wordsIn } from './words.ts'

/** What search must find, and what it must not, on every Postgres. */
export function searchSuite(
  name: string,
  openStore: () => Promise<{ sql: Sql; drop: () => Promise<void> }>,
) {
  describe(`search, on ${name}`, () => {
    let sql: Sql
    let drop: () => Promise<void>
    let cast: ReturnType<typeof castOf>
    let ann: User
    let bob: User
    let cem: User

    beforeAll(async () => {
      const store = await openStore()
      sql = store.sql
      drop = store.drop
      cast = castOf(sql)
      ann = await addUser(sql, 'Ann')
      bob = await addUser(sql, 'Bob')
      cem = await addUser(sql, 'Cem')
    }, 20_000)
    afterAll(() => drop())

    const index = async () => {
      const indexer = createIndexer({ sql, breathe: () => Promise.resolve() })
      while ((await indexer.step('all')) > 0);
    }
    const post = async (
      roomId: string,
      sender: User,
      message: string,
      more: Partial<PostOp> = {},
    ) => {
      const [result] = await cast.log.commit([
        { ...postOp(roomId, sender, message, newId()), ...more },
      ])
      return chatIn(result)
    }
    const edit = async (roomId: string, chatId: string, actor: User, message: string | null) => {
      const [result] = await cast.log.commit([{ kind: 'edit', roomId, chatId, actor, message }])
      mustBeOk(result)
    }
    const search = (user: User, query: string, more: { roomId?: string; cursor?: string } = {}) =>
      searchChats(sql, user.id, { query, ...more })
    const found = async (user: User, query: string, roomId?: string) => {
      const { results } = await search(user, query, roomId === undefined ? {} : { roomId })
      return results.map(({ chat }) => chat.message)
    }
    const marked = ({ chat, highlights }: SearchResult) =>
      highlights.map(([from, to]) => chat.message.slice(from, to))

    test('finds words, beginnings of words, then parts of words, each with what fits marked', async () => {
      const room = await cast.room(ann)
      await post(room, ann, 'A footballer came along')
      await post(room, ann, 'Ballast for the balloon')
      await post(room, ann, 'The ball is round')
      await index()
      expect(await found(ann, 'ball', room)).toEqual([
        'The ball is round',
        'Ballast for the balloon',
        'A footballer came along',
      ])
      const { results } = await search(ann, 'BALL', { roomId: room })
      expect(results.map(marked)).toEqual([['ball'], ['Ball', 'ball'], ['ball']])
      expect(await found(ann, 'ball round', room)).toEqual(['The ball is round'])
      expect(await found(ann, 'ball square', room)).toEqual([])
    })

    test('folds case and accents in every script, and finds the typo and what the typo meant', async () => {
      const room = await cast.room(ann)
      const said = ['Grüße aus Łódź', 'Ёлка уже стоит', 'مَرْحَبًا يا صديقي', 'We recieve parcels']
      for (const text of said) await post(room, ann, text)
      await index()
      expect(await found(ann, 'grusse lodz', room)).toEqual([said[0] ?? ''])
      expect(await found(ann, 'елка', room)).toEqual([said[1] ?? ''])
      expect(await found(ann, 'مرحبا', room)).toEqual([said[2] ?? ''])
      expect(await found(ann, 'receive', room)).toEqual([said[3] ?? ''])
      expect(await found(ann, 'pracels', room)).toEqual([said[3] ?? ''])
      expect(await found(ann, 'стойт', room)).toEqual([said[1] ?? ''])
      const { results } = await search(ann, 'pracels', { roomId: room })
      expect(results.map(marked)).toEqual([['parcels']])
    })

    test('puts what was typed before what may have been meant, whichever is newer', async () => {
      const room = await cast.room(ann)
      await post(room, ann, 'the quarterly report')
      await post(room, ann, 'the quartrely rebort')
      await index()
      expect(await found(ann, 'quarterly report', room)).toEqual([
        'the quarterly report',
        'the quartrely rebort',
      ])
    })

    test('finds any part of Chinese, Japanese and Korean', async () => {
      const room = await cast.room(ann)
      const said = ['明天去北京出差', '東京タワーに行く', '한국어를 배워요', '京都の北']
      for (const text of said) await post(room, ann, text)
      await index()
      expect(await found(ann, '北京', room)).toEqual(['明天去北京出差'])
      expect(await found(ann, '京', room)).toEqual([
        '京都の北',
        '東京タワーに行く',
        '明天去北京出差',
      ])
      expect(await found(ann, '差', room)).toEqual(['明天去北京出差'])
      expect(await found(ann, 'タワーに', room)).toEqual(['東京タワーに行く'])
      expect(await found(ann, '국어', room)).toEqual(['한국어를 배워요'])
      expect(await found(ann, '京北', room)).toEqual([])
      const { results } = await search(ann, '北京', { roomId: room })
      expect(results.map(marked)).toEqual([['北京']])
    })

    test('a word that nobody said finds nothing, with whatever else it is asked for', async () => {
      const room = await cast.room(ann)
      await post(room, ann, 'said by somebody')
      await index()
      for (const query of [
        'zqx',
        'zqx -said',
        'zqx said',
        `zqx from:@${ann.handle}`,
        'zqx has:file',
      ]) {
        expect(await found(ann, query)).toEqual([])
        expect(await found(ann, query, room)).toEqual([])
      }
    })

    test('finds phrases in order, what has dots and dashes in it, and leaves out what has a minus', async () => {
      const room = await cast.room(ann)
      const [first, second] = ['the red house on the hill', 'the house, red as a brick']
      await post(room, ann, first ?? '')
      await post(room, ann, second ?? '')
      await post(room, ann, 'see https://example.com/a?b=c v1.5.2')
      await index()
      expect(await found(ann, '"red house"', room)).toEqual([first ?? ''])
      expect(await found(ann, 'house red', room)).toEqual([second ?? '', first ?? ''])
      expect(await found(ann, 'red -hill', room)).toEqual([second ?? ''])
      expect(await found(ann, 'red -"red house"', room)).toEqual([second ?? ''])
      expect(await found(ann, 'example.com', room)).toHaveLength(1)
      expect(await found(ann, 'v1.5', room)).toHaveLength(1)
      expect(await found(ann, 'v1.6', room)).toEqual([])
    })

    test('has operators: from, in, has:link, is:thread, and their opposites', async () => {
      const room = await cast.room(ann, [bob], 'public')
      const other = await cast.room(ann, [bob])
      const [row] = await sql<{ slug: string }[]>`select slug from rooms where id = ${room}`
      const root = await post(room, ann, 'operators: what about lunch')
      await post(room, bob, 'operators: lunch at https://lunch.example', { threadId: root.id })
      await post(other, bob, 'operators: lunch elsewhere')
      await index()
      const here = `operators in:#${row?.slug}`
      expect(await found(ann, here)).toHaveLength(2)
      expect(await found(ann, `operators -in:#${row?.slug}`)).toEqual([
        'operators: lunch elsewhere',
      ])
      expect(await found(ann, `operators from:@${bob.handle}`)).toHaveLength(2)
      expect(await found(ann, `operators -from:@${bob.handle}`)).toEqual([
        'operators: what about lunch',
      ])
      expect(await found(ann, 'operators from:me')).toEqual(['operators: what about lunch'])
      expect(await found(ann, 'operators from:nobody-at-all')).toEqual([])
      expect(await found(ann, 'operators in:#no-such-room')).toEqual([])
      expect(await found(ann, 'operators has:link')).toHaveLength(1)
      expect(await found(ann, 'operators -has:link')).toHaveLength(2)
      expect(await found(ann, 'operators is:thread')).toHaveLength(2)
      expect(await found(ann, 'operators has:file')).toEqual([])
      expect(await found(ann, `in:#${row?.slug} from:me`)).toEqual(['operators: what about lunch'])
    })

    test('finds files by what they are called and what they show, and has:file', async () => {
      const room = await cast.room(ann)
      const fileId = newId()
      const shown = {
        id: fileId,
        name: 'Quokka_2026.png',
        type: 'image/png',
        bytes: 1,
        kind: 'image',
        alt: 'a smiling marsupial',
      }
      await sql`
        insert into files (id, owner_id, room_id, hash, shown)
        values (${fileId}, ${ann.id}, ${room}, 'none', ${sql.json(shown)})`
      await post(room, ann, 'look at this', { fileIds: [fileId] })
      await post(room, ann, 'look away')
      await index()
      for (const query of ['quokka', 'marsupial', 'look has:file'])
        expect(await found(ann, query, room)).toEqual(['look at this'])
      expect(await found(ann, 'look -has:file', room)).toEqual(['look away'])
      expect(await found(ann, '"this quokka"', room)).toEqual([])
    })

    test('before and after count days, in the zone of whoever asks', async () => {
      const room = await cast.room(ann)
      for (const [text, at] of [
        ['eve', '2026-01-30T23:30:00Z'],
        ['morning', '2026-01-31T10:00:00Z'],
        ['day after', '2026-02-01T00:00:00Z'],
      ] as const) {
        const chat = await post(room, ann, `calendar ${text}`)
        await sql`update chats set created_at = ${at}::text::timestamptz where id = ${chat.id}`
      }
      await index()
      expect(await found(ann, 'calendar before:2026-01-31', room)).toEqual(['calendar eve'])
      expect(await found(ann, 'calendar after:2026-01-31', room)).toEqual(['calendar day after'])
      expect(await found(ann, 'calendar -before:2026-01-31 -after:2026-01-31', room)).toEqual([
        'calendar morning',
      ])
      const inBerlin = await searchChats(sql, ann.id, {
        query: 'calendar before:2026-01-31',
        roomId: room,
        timeZone: 'Europe/Berlin',
      })
      expect(inBerlin.results).toEqual([])
    })

    test('security 30: finds in public rooms and in mine, and in no other', async () => {
      const [open, closed] = [await cast.room(ann, [], 'public'), await cast.room(ann, [bob])]
      const { roomId: direct } = await openDirectRoom(sql, newId, ann.id, [bob.id])
      for (const room of [open, closed, direct]) await post(room, ann, 'the secret ingredient')
      await index()
      expect(await found(ann, 'ingredient')).toHaveLength(3)
      expect(await found(bob, 'ingredient')).toHaveLength(3)
      const { results } = await search(cem, 'ingredient')
      expect(results.map(({ room }) => room.id)).toEqual([open])
      for (const query of [
        'ingredeint',
        'gredien',
        `from:@${ann.handle} ingredient`,
        '"secret ingredient"',
      ])
        expect(await found(cem, query)).toHaveLength(1)
      const [row] = await sql<{ slug: string }[]>`select slug from rooms where id = ${closed}`
      expect(await found(cem, `in:#${row?.slug} ingredient`)).toEqual([])
      expect(await found(cem, `in:@${ann.handle} ingredient`)).toEqual([])
      expect(await found(bob, `in:@${ann.handle} ingredient`)).toHaveLength(1)

      mustBeOk(await cast.change(closed, ann, { type: 'remove', userId: bob.id }))
      expect(await found(bob, 'ingredient')).toHaveLength(2)
    })

    test('an edit takes the old words away, a deletion all of them, from the vocabulary too', async () => {
      const room = await cast.room(ann)
      const chat = await post(room, ann, 'the password is xylophone7')
      await index()
      expect(await found(ann, 'xylophone7', room)).toHaveLength(1)
      await edit(room, chat.id, ann, 'the password is in the safe')
      await index()
      expect(await found(ann, 'xylophone7', room)).toEqual([])
      expect(await found(ann, 'safe', room)).toEqual(['the password is in the safe'])
      expect(await sql`select from search_words where word = 'xylophone7'`).toHaveLength(0)
      await edit(room, chat.id, ann, null)
      await index()
      expect(await found(ann, 'safe', room)).toEqual([])
      expect(await sql`select from search_rows where room_id = ${room}`).toHaveLength(0)
    })

    test('what was deleted is not shown, also before the index has heard of it', async () => {
      const room = await cast.room(ann)
      const chat = await post(room, ann, 'a slip of the tongue')
      await index()
      await edit(room, chat.id, ann, null)
      expect(await found(ann, 'tongue', room)).toEqual([])
    })

    test('pages go on where the last one ended, each result once, over all rounds', async () => {
      const rooms = [await cast.room(ann, [], 'public'), await cast.room(ann)]
      for (let n = 0; n < 30; n += 1)
        await post(
          rooms[n % 2] ?? '',
          ann,
          `pagination ${n % 3 === 0 ? 'mushrooms' : n % 3 === 1 ? 'supermushrooms' : 'mushrooom'} ${n}`,
        )
      await index()
      for (const roomId of [undefined, rooms[0]]) {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await search(ann, 'mushroom', {
            ...(roomId !== undefined && { roomId }),
            ...(cursor !== undefined && { cursor }),
          })
          seen.push(...page.results.map(({ chat }) => chat.message))
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        const count = roomId === undefined ? 30 : 15
        expect(seen).toHaveLength(count)
        expect(new Set(seen).size).toBe(count)
        const rank = (text: string) =>
          text.includes(' mushrooms') ? 0 : text.includes('super') ? 1 : 2
        expect(seen.map(rank)).toEqual(seen.map(rank).toSorted((a, b) => a - b))
      }
    })

    test('security 30: a cursor is good for one person and one search', async () => {
      const room = await cast.room(ann, [bob], 'public')
      for (let n = 0; n < 25; n += 1) await post(room, ann, `cursory glance ${n}`)
      await index()
      const { nextCursor } = await search(ann, 'cursory')
      const cursor = nextCursor ?? ''
      expect((await search(ann, 'cursory', { cursor })).results).toHaveLength(5)
      expect(await rejectionOf(search(bob, 'cursory', { cursor }))).toBe('invalid_cursor')
      expect(await rejectionOf(search(ann, 'glance', { cursor }))).toBe('invalid_cursor')
      expect(await rejectionOf(search(ann, 'cursory', { cursor, roomId: room }))).toBe(
        'invalid_cursor',
      )
      for (const wrong of ['', '!', btoa('[]'), btoa('{"a":1}'), `${cursor}x`])
        expect(await rejectionOf(search(ann, 'cursory', { cursor: wrong }))).toBe('invalid_cursor')
    })

    test('security 39, 40: no text breaks it', async () => {
      const room = await cast.room(ann)
      await post(room, ann, String.raw`it's 100% \o/ & (a | b) !c :* <-> 'x' "y" %_ $1`)
      await index()
      for (const query of [
        "'",
        "it's",
        String.raw`\o/`,
        'a | b',
        '!c',
        ':*',
        '<->',
        '%',
        '_',
        "' or 1=1 --",
        '"',
        '-',
        '--',
        '🎉',
        '\u0000'.replace('\u0000', '\u0001'),
        'a '.repeat(200),
        '東'.repeat(300),
        '\uFDFA',
      ])
        expect(await rejectionOf(search(ann, query))).toBe('none')
      expect(await found(ann, "it's", room)).toHaveLength(1)
      expect((await search(ann, '')).results).toEqual([])
      expect((await search(ann, '!?')).results).toEqual([])
    })

    test('security 39: whatever was said is indexed, and found again by its own words', async () => {
      const room = await cast.room(ann)
      const texts = fc.sample(
        fc
          .string({ unit: 'binary', minLength: 1, maxLength: 60 })
          .filter((text) => isStorable(text)),
        { numRuns: 150, seed: 7 },
      )
      for (const text of texts) await post(room, ann, text)
      await index()
      for (const text of texts) {
        const [word] = wordsIn(text)
        expect(await rejectionOf(search(ann, text))).toBe('none')
        if (!word) continue
        const { results } = await search(ann, `"${word.word}"`, { roomId: room })
        expect([text, results.length > 0]).toEqual([text, true])
      }
    })

    test('two nodes index side by side, and each chat is there once', async () => {
      const rooms = await Promise.all([1, 2, 3].map(() => cast.room(ann)))
      for (let n = 0; n < 30; n += 1) await post(rooms[n % 3] ?? '', ann, `parallelism word${n}`)
      await Promise.all([index(), index(), index()])
      // What one node skipped because another was at it, the other has done.
      await index()
      const [row] = await sql`select chats from search_words where word = 'parallelism'`
      expect(row).toEqual({ chats: 30 })
      const [odd] = await sql`
        select (select count(*) from search_rows)::int - chats as difference
        from search_words where word = '*'`
      expect(odd).toEqual({ difference: 0 })
    })
  })
}
