import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { searchChats } from './search-chats.ts'
import { newId } from '../rooms/testing.ts'
import { openSearchScene, type OpenStore, type SearchScene } from './search-scene.ts'

/** What search must find, on every Postgres. */
export function searchSuite(name: string, openStore: OpenStore) {
  describe(`what search finds, on ${name}`, () => {
    let scene: SearchScene
    beforeAll(async () => {
      scene = await openSearchScene(openStore)
    }, 20_000)
    afterAll(() => scene.drop())

    test('finds words, beginnings of words, then parts of words, each with what fits marked', async () => {
      const { cast, ann, search, index, post, found, marked } = scene
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
      const { cast, ann, search, index, post, found, marked } = scene
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
      const { cast, ann, index, post, found } = scene
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
      const { cast, ann, search, index, post, found, marked } = scene
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
      const { cast, ann, index, post, found } = scene
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
      const { cast, ann, index, post, found } = scene
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
      const { sql, cast, ann, bob, index, post, found } = scene
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
      const { sql, cast, ann, index, post, found } = scene
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
      const { sql, cast, ann, index, post, found } = scene
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
  })
}
