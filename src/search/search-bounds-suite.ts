import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { isStorable } from '../protocol/text.ts'
import { openDirectRoom } from '../rooms/direct-room.ts'
import { wordsIn } from './words.ts'
import { mustBeOk, newId, rejectionOf } from '../rooms/testing.ts'
import { openSearchScene, type OpenStore, type SearchScene } from './search-scene.ts'

/** Whom search must not tell what, and what must not upset it, on every Postgres. */
export function searchBoundsSuite(name: string, openStore: OpenStore) {
  describe(`what search must not do, on ${name}`, () => {
    let scene: SearchScene
    beforeAll(async () => {
      scene = await openSearchScene(openStore)
    }, 20_000)
    afterAll(() => scene.drop())

    test('security 30: finds in public rooms and in mine, and in no other', async () => {
      const { sql, cast, ann, bob, cem, search, index, post, found } = scene
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
      const { sql, cast, ann, index, post, edit, found } = scene
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
      const { cast, ann, index, post, edit, found } = scene
      const room = await cast.room(ann)
      const chat = await post(room, ann, 'a slip of the tongue')
      await index()
      await edit(room, chat.id, ann, null)
      expect(await found(ann, 'tongue', room)).toEqual([])
    })

    test('pages go on where the last one ended, each result once, over all rounds', async () => {
      const { cast, ann, search, index, post } = scene
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
      const { cast, ann, bob, search, index, post } = scene
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
      const { cast, ann, search, index, post, found } = scene
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
      const { cast, ann, search, index, post } = scene
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
      const { sql, cast, ann, index, post } = scene
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
