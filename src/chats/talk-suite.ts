import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Sql } from 'postgres'
import { mentionsOf } from '../mentions/store.ts'
import type { User } from '../protocol/users.ts'
import type { ChatMark, PostOp, WriteOp } from '../realtime/ports.ts'
import { myRoom } from '../rooms/my-rooms.ts'
import { addUser, castOf, chatIn, codeOf, mustBeOk, newId, postOp } from '../rooms/testing.ts'
import { follow, myPlaces, myThreads, placeIn, readThread, replyPage } from '../threads/store.ts'
import { editsOf, findChat, pinnedChats } from './chat-reads.ts'

/** Threads, replies, reactions, pins and edits: what the log must hold of them on every Postgres. */
export function talkSuite(
  name: string,
  openStore: () => Promise<{ sql: Sql; drop: () => Promise<void> }>,
) {
  describe(`what people do with chats, on ${name}`, () => {
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
    })
    afterAll(() => drop())

    const commit = async (op: WriteOp) => (await cast.log.commit([op]))[0]
    const post = (roomId: string, sender: User, message: string, more: Partial<PostOp> = {}) =>
      commit({ ...postOp(roomId, sender, message, newId()), ...more })
    const mark = (roomId: string, chatId: string, actor: User, what: ChatMark, on = true) =>
      commit({ kind: 'mark', roomId, chatId, actor, mark: what, on })
    const edit = (roomId: string, chatId: string, actor: User, message: string | null) =>
      commit({ kind: 'edit', roomId, chatId, actor, message })
    const thumbsUp: ChatMark = { type: 'reaction', emoji: '👍' }

    test('a reply in a thread takes a seq, changes its chat at the next rev, and makes nothing unread', async () => {
      const room = await cast.room(ann, [bob])
      const root = chatIn(await post(room, ann, 'lunch?'))
      const before = await myRoom(sql, ann.id, room)
      const { chats } = mustBeOk(await post(room, bob, 'yes', { threadId: root.id }))
      expect(
        chats.map(({ id, seq, rev }) => [id === root.id, seq - root.seq, rev - root.rev]),
      ).toEqual([
        [false, 1, 1],
        [true, 0, 2],
      ])
      expect(chats[0]).toMatchObject({ threadId: root.id, message: 'yes' })
      expect(chats[0]?.inRoom).toBeUndefined()
      expect(chats[1]?.thread).toMatchObject({ count: 1, lastSeq: root.seq + 1, userIds: [bob.id] })
      expect((await myRoom(sql, ann.id, room))?.unread).toBe(before?.unread ?? 0)
    })

    test('a reply that is also sent to the room makes it unread', async () => {
      const room = await cast.room(ann, [bob])
      const root = chatIn(await post(room, bob, 'lunch?'))
      const { chats } = mustBeOk(
        await post(room, bob, 'all of you', { threadId: root.id, inRoom: true }),
      )
      expect(chats[0]?.inRoom).toBe(true)
      expect((await myRoom(sql, ann.id, room))?.lastMainSeq).toBe(chats[0]?.seq ?? 0)
    })

    test('a retry of a reply answers as the first try did, with the chat that it hangs on', async () => {
      const room = await cast.room(ann)
      const root = chatIn(await post(room, ann, 'root'))
      const op = { ...postOp(room, ann, 'reply', 'r-1'), threadId: root.id }
      const first = mustBeOk(await commit(op))
      const again = mustBeOk(await commit({ ...op, id: newId() }))
      expect(again).toEqual({ ...first, dup: true })
      expect((await findChat(sql, room, root.id)).thread?.count).toBe(1)
      expect(codeOf(await commit({ ...op, threadId: undefined, replyToId: root.id }))).toBe(
        'cid_conflict',
      )
    })

    test('threads hang on chats of the room, not on replies, nor on chats of another room', async () => {
      const room = await cast.room(ann)
      const root = chatIn(await post(room, ann, 'root'))
      const reply = chatIn(await post(room, ann, 'reply', { threadId: root.id }))
      const elsewhere = chatIn(await post(await cast.room(ann), ann, 'elsewhere'))
      for (const threadId of [reply.id, elsewhere.id, newId()]) {
        expect(codeOf(await post(room, ann, 'no', { threadId }))).toBe('not_found')
      }
      expect(codeOf(await post(room, ann, 'no', { replyToId: elsewhere.id }))).toBe('not_found')
      expect(codeOf(await post(room, bob, 'no', { threadId: root.id }))).toBe('not_found')
    })

    test('who takes part, began it or is named follows; who said no is not asked again', async () => {
      const room = await cast.room(ann, [bob, cem])
      const root = chatIn(await post(room, ann, 'root'))
      await post(room, bob, `ask @${cem.handle}`, { threadId: root.id })
      const now = await findChat(sql, room, root.id)
      for (const user of [ann, bob, cem]) {
        expect((await placeIn(sql, user.id, now)).follows).toBe(true)
      }
      const unread = async (user: User) =>
        (await myThreads(sql, user.id, { unread: true })).threads
          .filter(({ chat }) => chat.roomId === room)
          .map(({ chat }) => chat.id)
      expect(await unread(bob)).toEqual([])
      expect(await unread(ann)).toEqual([root.id])
      const places = async (user: User) =>
        (await myPlaces(sql, user.id)).places.filter(({ roomId }) => roomId === room)
      const mine = await placeIn(sql, ann.id, now)
      expect(await places(ann)).toEqual([{ ...mine, lastSeq: now.thread?.lastSeq ?? 0 }])

      expect((await follow(sql, ann.id, now, false)).follows).toBe(false)
      expect(await places(ann)).toEqual([])
      const { chats } = mustBeOk(await post(room, bob, 'more', { threadId: root.id }))
      expect((await placeIn(sql, ann.id, now)).follows).toBe(false)

      const lastSeq = chats[0]?.seq ?? 0
      const later = await findChat(sql, room, root.id)
      expect((await readThread(sql, cem.id, later, 1e9)).readSeq).toBe(lastSeq)
      expect((await readThread(sql, cem.id, later, 1)).readSeq).toBe(lastSeq)
    })

    test('replies come page by page, both ways', async () => {
      const room = await cast.room(ann)
      const root = chatIn(await post(room, ann, 'root'))
      const seqs: number[] = []
      for (let n = 0; n < 7; n += 1) {
        await post(room, ann, 'between')
        seqs.push(chatIn(await post(room, ann, `${n}`, { threadId: root.id })).seq)
      }
      const seqsOf = async (query: Parameters<typeof replyPage>[2]) => {
        const page = await replyPage(sql, root.id, { limit: 3, ...query })
        return [page.replies.map(({ seq }) => seqs.indexOf(seq)), page.hasBefore, page.hasAfter]
      }
      expect(await seqsOf({})).toEqual([[4, 5, 6], true, false])
      expect(await seqsOf({ before: seqs[4] })).toEqual([[1, 2, 3], true, true])
      expect(await seqsOf({ before: seqs[1] })).toEqual([[0], false, true])
      expect(await seqsOf({ after: seqs[3] })).toEqual([[4, 5, 6], true, false])
      expect(await seqsOf({ around: seqs[2] })).toEqual([[2, 3, 4], true, true])
    })

    test('an answer quotes its source as it is now', async () => {
      const room = await cast.room(ann, [bob])
      const source = chatIn(await post(room, ann, 'x'.repeat(300)))
      const answer = chatIn(await post(room, bob, 'yes', { replyToId: source.id }))
      expect(answer.replyTo).toMatchObject({
        id: source.id,
        seq: source.seq,
        sender: ann,
        deletedAt: null,
      })
      expect(answer.replyTo?.message).toHaveLength(200)
      const again = chatIn(await post(room, ann, 'really', { replyToId: source.id }))
      const edited = mustBeOk(await edit(room, source.id, ann, 'other words')).chats
      expect(edited.map(({ id, rev }) => [id, rev - again.rev])).toEqual([
        [source.id, 1],
        [answer.id, 2],
        [again.id, 3],
      ])
      expect(edited[1]?.replyTo?.message).toBe('other words')
      await edit(room, source.id, ann, null)
      const { chats, head } = await cast.log.changesAfter(room, edited[2]?.rev ?? 0, 10)
      expect(head).toBe(again.rev + 6)
      expect(chats.map(({ id, replyTo }) => [id, replyTo?.message])).toEqual([
        [source.id, undefined],
        [answer.id, ''],
        [again.id, ''],
      ])
      expect(chats[1]?.replyTo?.deletedAt).not.toBeNull()
    })

    test('of very many quotes the newest 200 change along, and the room keeps its count', async () => {
      const room = await cast.room(ann)
      const source = chatIn(await post(room, ann, 'much quoted'))
      const quotes = Array.from({ length: 203 }, (_, n) => ({
        ...postOp(room, ann, `quote ${n}`, newId()),
        replyToId: source.id,
      }))
      const seqs = (await cast.log.commit(quotes)).map((result) => chatIn(result).seq)
      const head = (await cast.log.newest(room, 1)).head
      const { chats } = mustBeOk(await edit(room, source.id, ann, 'other words'))
      expect(chats.slice(1).map(({ seq }) => seq)).toEqual(seqs.slice(3))
      expect((await cast.log.newest(room, 1)).head).toBe(head + 201)
    })

    test('reactions are counted by emoji in order of coming, each once a person', async () => {
      const room = await cast.room(ann, [bob])
      const chat = chatIn(await post(room, ann, 'done'))
      const first = chatIn(await mark(room, chat.id, bob, thumbsUp))
      expect(first.rev).toBe(chat.rev + 1)
      expect(chatIn(await mark(room, chat.id, bob, thumbsUp)).rev).toBe(first.rev)
      await mark(room, chat.id, ann, { type: 'reaction', emoji: '🎉' })
      expect(chatIn(await mark(room, chat.id, ann, thumbsUp)).reactions).toEqual([
        { emoji: '👍', count: 2, userIds: [bob.id, ann.id] },
        { emoji: '🎉', count: 1, userIds: [ann.id] },
      ])
      await mark(room, chat.id, bob, thumbsUp, false)
      const less = chatIn(await mark(room, chat.id, ann, thumbsUp, false))
      expect(less.reactions?.map(({ emoji }) => emoji)).toEqual(['🎉'])
      const none = chatIn(await mark(room, chat.id, ann, { type: 'reaction', emoji: '🎉' }, false))
      expect(none.reactions).toBeUndefined()
    })

    test('only members mark, only what is there, and not in an archived room', async () => {
      const room = await cast.room(ann)
      const chat = chatIn(await post(room, ann, 'mine'))
      expect(codeOf(await mark(room, chat.id, bob, thumbsUp))).toBe('not_found')
      expect(codeOf(await mark(room, newId(), ann, thumbsUp))).toBe('not_found')
      await cast.change(room, ann, { type: 'update', archived: true })
      expect(codeOf(await mark(room, chat.id, ann, thumbsUp))).toBe('room_archived')
      const open = await cast.room(ann, [], 'public')
      const said = chatIn(await post(open, ann, 'to all'))
      expect(codeOf(await mark(open, said.id, bob, thumbsUp))).toBe('not_member')
    })

    test('pins are listed by place, and taken off', async () => {
      const room = await cast.room(ann, [bob])
      const [one, two] = [chatIn(await post(room, ann, '1')), chatIn(await post(room, ann, '2'))]
      await mark(room, two.id, bob, { type: 'pin' })
      expect(chatIn(await mark(room, one.id, bob, { type: 'pin' })).pinned?.userId).toBe(bob.id)
      const ids = async () => (await pinnedChats(sql, room)).map(({ id }) => id)
      expect(await ids()).toEqual([two.id, one.id])
      await mark(room, two.id, ann, { type: 'pin' }, false)
      expect(await ids()).toEqual([one.id])
    })

    test('previews of links are the author’s to take off, and stay off', async () => {
      const room = await cast.room(ann, [bob])
      const chat = chatIn(await post(room, bob, 'see https://example.com'))
      const links = [
        { url: 'https://example.com', site: 'Example', title: 'Example', description: '' },
      ]
      expect(codeOf(await mark(room, chat.id, ann, { type: 'links', links }))).toBe('forbidden')
      expect(chatIn(await mark(room, chat.id, bob, { type: 'links', links })).links).toEqual(links)
      const off = chatIn(await mark(room, chat.id, bob, { type: 'links', links: [] }, false))
      expect(off.links).toBeUndefined()
      const again = chatIn(await mark(room, chat.id, bob, { type: 'links', links }))
      expect(again).toEqual(off)
      expect(JSON.stringify(again)).not.toContain('linksOff')
    })

    test('each edit keeps what was said before; a deletion leaves nothing of it', async () => {
      const room = await cast.room(ann, [bob])
      const chat = chatIn(await post(room, ann, 'one'))
      await mark(room, chat.id, bob, thumbsUp)
      await edit(room, chat.id, ann, 'two')
      const three = chatIn(await edit(room, chat.id, ann, 'three'))
      expect(three.reactions).toHaveLength(1)
      expect((await editsOf(sql, chat.id)).map(({ message }) => message)).toEqual(['one', 'two'])
      expect(codeOf(await edit(room, chat.id, ann, ' \n'))).toBe('invalid')
      const gone = chatIn(await edit(room, chat.id, ann, null))
      expect(gone.reactions).toBeUndefined()
      expect(await editsOf(sql, chat.id)).toEqual([])
    })

    test('a reply that is taken down is no longer counted, and its thread stays', async () => {
      const room = await cast.room(ann, [bob])
      const root = chatIn(await post(room, ann, 'root'))
      const reply = chatIn(await post(room, bob, 'reply', { threadId: root.id }))
      const { chats } = mustBeOk(await edit(room, reply.id, bob, null))
      expect(chats.map(({ id }) => id)).toEqual([reply.id, root.id])
      expect(chats[1]?.thread?.count).toBe(0)
      await post(room, bob, 'again', { threadId: root.id })
      expect(chatIn(await edit(room, root.id, ann, null)).thread?.count).toBe(1)
    })

    test('@room mentions every member, @here those who are here, and neither the one who says it', async () => {
      const room = await cast.room(ann, [bob, cem])
      const all = chatIn(await post(room, ann, 'look @room'))
      expect(all.everyone).toBe('room')
      const here = chatIn(await post(room, ann, 'and @here', { hereIds: [ann.id, bob.id] }))
      const seqsOf = async (user: User) => (await myRoom(sql, user.id, room))?.mentionSeqs
      expect(await seqsOf(bob)).toEqual([all.seq, here.seq])
      expect(await seqsOf(cem)).toEqual([all.seq])
      const inRoom = async (user: User) =>
        (await mentionsOf(sql, user.id)).chats
          .filter(({ roomId }) => roomId === room)
          .map(({ id }) => id)
      expect(await inRoom(bob)).toEqual([here.id, all.id])
      expect(await inRoom(ann)).toEqual([])
      await edit(room, all.id, ann, null)
      expect(await seqsOf(cem)).toEqual([])
    })

    test('an upload is posted once, by who made it, in its room; with it a chat needs no words', async () => {
      const room = await cast.room(ann, [bob])
      const upload = async (owner: User, roomId: string) => {
        const id = newId()
        const shown = { id, name: 'a.png', type: 'image/png', bytes: 3, kind: 'image' } as const
        await sql`insert into files (id, owner_id, room_id, hash, shown)
          values (${id}, ${owner.id}, ${roomId}, 'h', ${sql.json(shown)})`
        return id
      }
      const [one, two] = [await upload(ann, room), await upload(ann, room)]
      const foreign = await upload(bob, room)
      const elsewhere = await upload(ann, await cast.room(ann))
      for (const id of [foreign, elsewhere, newId()]) {
        expect(codeOf(await post(room, ann, '', { fileIds: [one, id] }))).toBe('not_found')
      }
      const chat = chatIn(await post(room, ann, '', { fileIds: [two, one] }))
      expect(chat.files?.map(({ id }) => id)).toEqual([two, one])
      expect(codeOf(await post(room, ann, '', { fileIds: [one] }))).toBe('not_found')
      expect(chatIn(await edit(room, chat.id, ann, 'with words')).files).toHaveLength(2)
      expect(chatIn(await edit(room, chat.id, ann, '')).message).toBe('')
      expect(chatIn(await edit(room, chat.id, ann, null)).files).toBeUndefined()
      expect(await sql`select from files where chat_id = ${chat.id}`).toHaveLength(0)
    })

    test('what is resumed after a rev has replies and marks as they are now', async () => {
      const room = await cast.room(ann, [bob])
      const root = chatIn(await post(room, ann, 'root'))
      await post(room, bob, 'reply', { threadId: root.id })
      const marked = chatIn(await mark(room, root.id, bob, thumbsUp))
      const { chats, head } = await cast.log.changesAfter(room, root.rev, 100)
      expect(head).toBe(marked.rev)
      expect(chats.map(({ rev }) => rev)).toEqual([root.rev + 1, marked.rev])
      expect(chats[1]).toEqual(marked)
    })
  })
}
