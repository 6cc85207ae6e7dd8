import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Sql } from 'postgres'
import { addUser, castOf, chatIn, codeOf, mustBeOk, newId, postOp } from '../rooms/testing.ts'
import type { Chat } from '../protocol/chats.ts'
import type { User } from '../protocol/users.ts'
import { anyMixHeals } from './any-mix-suite.ts'
import { createChatLog } from './chat-log.ts'

interface OpenStore {
  sql: Sql
  single: () => Sql
  drop: () => Promise<void>
}

/** What the log of chats must hold on every Postgres that Parley runs on. */
export function storeSuite(name: string, openStore: () => Promise<OpenStore>): void {
  describe(`the log of chats on ${name}`, () => {
    let store: OpenStore
    let cast: ReturnType<typeof castOf>
    let ann: User
    let bob: User

    beforeAll(async () => {
      store = await openStore()
      cast = castOf(store.sql)
      ann = await addUser(store.sql, 'Ann')
      bob = await addUser(store.sql, 'Bob')
    })
    afterAll(() => store.drop())

    /** The room's chats as the database has them, by seq. */
    const stored = async (roomId: string) => (await cast.log.newest(roomId, 1_000)).chats

    test('a retry with the same cid stores one chat and answers with it as it is now', async () => {
      const room = await cast.room(ann)
      const first = chatIn(await cast.say(room, ann, 'hello', 'a-1'))
      const again = mustBeOk(await cast.say(room, ann, 'hello', 'a-1'))
      expect(again).toEqual({ ok: true, dup: true, chats: [first] })

      const edit = { kind: 'edit', roomId: room, chatId: first.id, actor: ann } as const
      const [edited] = await cast.log.commit([{ ...edit, message: 'hello!' }])
      const third = mustBeOk(await cast.say(room, ann, 'hello', 'a-1'))
      expect(third.chats).toEqual([chatIn(edited)])
      expect(chatIn(edited).rev).toBe(first.rev + 1)
      expect((await stored(room)).filter((chat) => chat.kind === 'text')).toHaveLength(1)
    })

    test('50 equal sends at once, on two nodes and in one batch, store one chat and all answer it', async () => {
      const room = await cast.room(ann)
      const other = createChatLog({ sql: store.sql, writer: store.sql, newId })
      const op = () => postOp(room, ann, 'once', 'a-50')
      const results = await Promise.all(
        Array.from({ length: 25 }, (_, n) => (n % 2 ? other : cast.log).commit([op(), op()])),
      )
      const answers = results.flat().map((result) => mustBeOk(result))
      expect(new Set(answers.map((answer) => answer.chats[0]?.id)).size).toBe(1)
      expect(answers.filter((answer) => !answer.dup)).toHaveLength(1)
      expect((await stored(room)).filter((chat) => chat.cid === 'a-50')).toHaveLength(1)
    })

    test('the same cid with another text or room is a cid_conflict, in one batch and later', async () => {
      const [room, elsewhere] = [await cast.room(ann), await cast.room(ann)]
      const results = await cast.log.commit([
        postOp(room, ann, 'one', 'c-1'),
        postOp(room, ann, 'two', 'c-1'),
        postOp(elsewhere, ann, 'one', 'c-1'),
        postOp(room, ann, 'one', 'c-1'),
      ])
      expect(results.map(codeOf)).toEqual(['ok', 'cid_conflict', 'cid_conflict', 'ok'])
      expect(codeOf(await cast.say(elsewhere, ann, 'one', 'c-1'))).toBe('cid_conflict')
      expect((await stored(elsewhere)).filter((chat) => chat.kind === 'text')).toHaveLength(0)
    })

    test('a cid refused in one room may still be used in another of the same batch', async () => {
      const [mine, theirs] = [await cast.room(ann), await cast.room(bob)]
      const results = await cast.log.commit([
        postOp(theirs, ann, 'hi', 'c-2'),
        postOp(mine, ann, 'hi', 'c-2'),
        postOp(mine, ann, 'hi', 'c-2'),
      ])
      expect(results.map(codeOf)).toEqual(['not_found', 'ok', 'ok'])
      expect(mustBeOk(results[2]).dup).toBe(true)
    })

    test('a post alone is judged and stored as one in a batch', async () => {
      const [mine, open, theirs, archived] = [
        await cast.room(ann, [bob]),
        await cast.room(bob, [], 'public'),
        await cast.room(bob),
        await cast.room(ann),
      ]
      await cast.say(mine, ann, 'said', 'd-said')
      const edited = chatIn(await cast.say(mine, ann, 'edited', 'd-edited'))
      const deleted = chatIn(await cast.say(mine, ann, 'deleted', 'd-deleted'))
      const edit = { kind: 'edit', roomId: mine, actor: ann } as const
      await cast.log.commit([
        { ...edit, chatId: edited.id, message: 'now so' },
        { ...edit, chatId: deleted.id, message: null },
      ])
      await cast.change(archived, ann, { type: 'update', archived: true })
      const posts: [room: string, message: string, cid: string][] = [
        [mine, 'said', 'd-said'],
        [mine, 'edited', 'd-edited'],
        [mine, 'deleted', 'd-deleted'],
        [mine, 'other words', 'd-said'],
        [open, 'said', 'd-said'],
        [open, 'hi', 'd-open'],
        [theirs, 'hi', 'd-theirs'],
        [newId(), 'hi', 'd-nowhere'],
        [archived, 'hi', 'd-archived'],
      ]
      const op = ([room, message, cid]: (typeof posts)[number]) => postOp(room, ann, message, cid)
      const together = await cast.log.commit(posts.map(op))
      for (const [at, post] of posts.entries()) {
        const [alone] = await cast.log.commit([op(post)])
        expect([post[2], alone]).toEqual([post[2], together[at]])
      }
      expect(together.map(codeOf)).toEqual([
        'ok',
        'ok',
        'ok',
        'cid_conflict',
        'cid_conflict',
        'not_member',
        'not_found',
        'not_found',
        'room_archived',
      ])
      const mention = `hello @${bob.handle}`
      const [first, second] = await cast.log.commit([
        postOp(mine, ann, mention, 'd-m1'),
        postOp(mine, ann, mention, 'd-m2'),
      ])
      const third = chatIn(await cast.say(mine, ann, mention, 'd-m3'))
      expect([chatIn(first).mentions, chatIn(second).mentions]).toEqual([[bob.id], [bob.id]])
      expect(third).toMatchObject({
        mentions: [bob.id],
        seq: chatIn(second).seq + 1,
        rev: chatIn(second).rev + 1,
        message: mention,
      })
      expect((await stored(mine)).at(-1)).toEqual(third)
    })

    test('the same cid raced into two rooms by two nodes is stored in one of them', async () => {
      const rooms = [await cast.room(ann), await cast.room(ann)]
      for (let round = 0; round < 10; round++) {
        const cid = `race-${round}`
        const results = await Promise.all(rooms.map((room) => cast.say(room, ann, 'x', cid)))
        expect(results.map(codeOf).sort()).toEqual(['cid_conflict', 'ok'])
      }
    })

    test('a batch keeps its order, and seqs have no holes under two nodes', async () => {
      const rooms = [await cast.room(ann, [bob]), await cast.room(ann, [bob])]
      const other = createChatLog({ sql: store.sql, writer: store.sql, newId })
      const writers = [
        { log: cast.log, sender: ann },
        { log: other, sender: bob },
      ]
      const acked: Chat[] = []
      await Promise.all(
        writers.map(async ({ log, sender }) => {
          for (let batch = 0; batch < 10; batch++) {
            const ops = Array.from({ length: 20 }, (_, n) =>
              postOp(rooms[n % 2] ?? '', sender, `${batch}.${n}`, newId()),
            )
            acked.push(...(await log.commit(ops)).map(chatIn))
          }
        }),
      )
      for (const room of rooms) {
        const chats = await stored(room)
        expect(chats.map((chat) => chat.seq)).toEqual(chats.map((_, n) => n + 1))
        expect(new Set(chats.map((chat) => chat.rev)).size).toBe(chats.length)
        for (const sender of [ann, bob]) {
          const sent = acked.filter((chat) => chat.roomId === room && chat.sender.id === sender.id)
          const seqs = sent.map((chat) => chat.seq)
          expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
        }
      }
    })

    test('membership is checked inside the transaction, and an archived room takes nothing', async () => {
      const room = await cast.room(ann, [bob])
      const said = chatIn(await cast.say(room, bob, 'mine'))
      const edit = {
        kind: 'edit',
        roomId: room,
        chatId: said.id,
        actor: bob,
        message: 'no',
      } as const
      const results = await cast.log.commit([
        { kind: 'room', roomId: room, actor: ann, change: { type: 'remove', userId: bob.id } },
        postOp(room, bob, 'too late', 'late-1'),
        // security 25: edit after leaving → 404
        edit,
        { kind: 'room', roomId: room, actor: ann, change: { type: 'update', archived: true } },
        postOp(room, ann, 'archived', 'late-2'),
      ])
      expect(results.map(codeOf)).toEqual(['ok', 'not_found', 'not_found', 'ok', 'room_archived'])
      const open = await cast.room(ann, [], 'public')
      expect(codeOf(await cast.say(open, bob, 'hi'))).toBe('not_member')
      expect(codeOf(await cast.say(newId(), bob, 'hi'))).toBe('not_found')
    })

    test('security 25: others’ chats are edited by nobody and deleted by owners and admins', async () => {
      const room = await cast.room(ann, [bob])
      const [byAnn, byBob] = [
        chatIn(await cast.say(room, ann, 'a')),
        chatIn(await cast.say(room, bob, 'b')),
      ]
      const act = async (actor: User, chat: Chat, message: string | null) => {
        const op = { kind: 'edit', roomId: room, chatId: chat.id, actor, message } as const
        return (await cast.log.commit([op]))[0]
      }
      expect(codeOf(await act(ann, byBob, 'words'))).toBe('forbidden')
      expect(codeOf(await act(bob, byAnn, null))).toBe('forbidden')
      const deleted = chatIn(await act(ann, byBob, null))
      expect(deleted).toMatchObject({ message: '', seq: byBob.seq, sender: { id: bob.id } })
      expect(deleted.deletedAt).not.toBeNull()
      // A retry of an unknown result finds the deletion.
      expect(chatIn(await act(ann, byBob, null))).toEqual(deleted)
      expect(codeOf(await act(bob, byBob, 'back'))).toBe('not_found')
      const [joined] = await stored(room)
      if (!joined) throw new Error('no system chat')
      expect(codeOf(await act(ann, joined, null))).toBe('forbidden')
    })

    test('mentions are of members only, follow edits, and go with the chat', async () => {
      const carl = await addUser(store.sql, 'Carl')
      const room = await cast.room(ann, [bob])
      const text = `@${bob.handle} @${carl.handle} @nobody`
      const chat = chatIn(await cast.say(room, ann, text))
      expect(chat.mentions).toEqual([bob.id])
      const told = () =>
        store.sql`select user_id from mentions where room_id = ${room} and seq = ${chat.seq}`
      expect([...(await told())]).toEqual([{ user_id: bob.id }])
      const edit = { kind: 'edit', roomId: room, chatId: chat.id, actor: ann } as const
      const [edited] = await cast.log.commit([{ ...edit, message: `@${ann.handle}` }])
      expect(chatIn(edited).mentions).toEqual([ann.id])
      expect([...(await told())]).toEqual([{ user_id: ann.id }])
      const [deleted] = await cast.log.commit([{ ...edit, message: null }])
      expect(chatIn(deleted).mentions).toEqual([])
      expect([...(await told())]).toEqual([])
    })

    test('security 40: quotes, backslashes, braces and NULL are stored as they are', async () => {
      const room = await cast.room(ann)
      const texts = [
        `'; drop table chats; --`,
        `\\`,
        `"`,
        `{a,"b"}`,
        'NULL',
        '',
        `$1 %s \\x00`,
        '\n\t',
      ]
      const ops = texts.map((text, n) => postOp(room, ann, text, `sql-'${n}"\\{},`))
      expect((await cast.log.commit(ops)).map((result) => chatIn(result).message)).toEqual(texts)
      const said = (await stored(room)).filter((chat) => chat.kind === 'text')
      expect(said.map((chat) => chat.message)).toEqual(texts)
      expect(said.map((chat) => chat.cid)).toEqual(ops.map((op) => op.cid))
    })

    test('security 39: a text that Postgres can’t store fails alone, not the batch it came in', async () => {
      const room = await cast.room(ann)
      const results = await cast.log.commit([
        postOp(room, ann, 'before', newId()),
        postOp(room, ann, 'nul \0', newId()),
        postOp(room, ann, 'after', newId()),
      ])
      expect(results.map(codeOf)).toEqual(['ok', 'internal', 'ok'])
      expect(chatIn(results[2]).seq).toBe(chatIn(results[0]).seq + 1)
    })

    test('a broken connection rejects, and the same batch again finds what is there', async () => {
      const room = await cast.room(ann)
      const ops = [postOp(room, ann, 'one', newId()), postOp(room, ann, 'two', newId())]
      const lock = store.single()
      await lock`begin`
      await lock`select 1 from rooms where id = ${room} for update`
      // A client of its own, never ended: after a cut its `end` waits for an answer that never comes.
      const fragile = store.single()
      const waiting = createChatLog({ sql: fragile, writer: fragile, newId }).commit(ops)
      const outcome = waiting.then(
        () => 'answered',
        () => 'rejected',
      )
      // Until the commit stands at the lock; then its connection is cut.
      let cut = 0
      while (cut === 0) {
        cut = (
          await store.sql`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
        ).length
      }
      expect(await outcome).toBe('rejected')
      await lock`commit`
      await lock.end()
      const again = await cast.log.commit(ops)
      expect(again.map((result) => chatIn(result).message)).toEqual(['one', 'two'])
      expect((await cast.log.commit(ops)).map((result) => mustBeOk(result).dup)).toEqual([
        true,
        true,
      ])
    })

    test(
      'any mix of writers keeps seqs whole and revs unique, and changesAfter heals any view',
      () => anyMixHeals(store.sql, [ann, bob]),
      60_000,
    )
  })
}
