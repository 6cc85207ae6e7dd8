import { expect, test } from 'bun:test'
import type { Chat } from '../protocol/chats.ts'
import { WireSocket, type Cast } from './testing.ts'
import type { WireScene } from './wire-scene.ts'

/** Threads, reactions, pins and what people set for themselves, on any runtime (TH, RP, RE, MT, ED). */
export function talkSuite(scene: WireScene): void {
  const say = async (person: Cast, roomId: string, message: string, links: object = {}) => {
    const answer = await person.request('POST', `/api/rooms/${roomId}/chats`, { message, ...links })
    return answer.body['chat'] as Chat
  }
  const mark = (person: Cast, method: string, { roomId, id }: Chat, what: string, body?: object) =>
    person.request(method, `/api/rooms/${roomId}/chats/${id}/${what}`, body)
  const thumbsUp = `reactions/${encodeURIComponent('👍')}`

  /** Whichever node is asked knows it: between nodes it takes a moment. */
  const isKnownOnline = async ({ me }: Cast): Promise<void> => {
    for (let agreed = 0; agreed < 4;) {
      // One question after the other.
      // oxlint-disable-next-line no-await-in-loop
      const { body } = await scene.ada.request('GET', '/api/users/presence')
      const all = body['presence'] as { userId: string; status: string }[]
      const isOnline = all.some(({ userId, status }) => userId === me.id && status === 'online')
      agreed = isOnline ? agreed + 1 : 0
    }
  }

  test('TH1: a reply comes as a chat, and the chat it hangs on as changed, at the next rev', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const root = await say(scene.ada, room, 'root')
    const g = await scene.enter(scene.grace, room)
    const a = await scene.enter(scene.ada, room)
    a.send({ type: 'chat', roomId: room, message: 'reply', cid: 't1', threadId: root.id })
    const ack = await a.next('ack')
    const { chat } = await g.next('chat', (frame) => frame.chat.id === ack.id)
    expect(chat).toMatchObject({ threadId: root.id, seq: root.seq + 1, rev: root.rev + 1 })
    const changed = await g.next('chat_updated', (frame) => frame.chat.id === root.id)
    expect(changed.chat).toMatchObject({
      rev: root.rev + 2,
      thread: { count: 1, lastSeq: chat.seq },
    })
    a.close()
    g.close()
  })

  test('TH1, RE1, ED1: all of it is there after coming back, as it is now', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const root = await say(scene.ada, room, 'root')
    const reply = await say(scene.grace, room, 'reply', { threadId: root.id, inRoom: true })
    const answer = await say(scene.grace, room, 'answer', { replyToId: root.id })
    await mark(scene.grace, 'PUT', root, thumbsUp)
    await mark(scene.ada, 'PUT', reply, 'pin')
    await scene.ada.request('PATCH', `/api/rooms/${room}/chats/${root.id}`, { message: 'edited' })
    const g = await WireSocket.signedIn(scene.server.url, scene.grace)
    g.send({ type: 'join_room', roomId: room, after: root.rev })
    const { changes = [], head } = await g.next('joined')
    expect(changes.map(({ id }) => id)).toEqual([reply.id, root.id, answer.id])
    expect(changes[0]).toMatchObject({ inRoom: true, pinned: { userId: scene.ada.me.id } })
    expect(changes[1]).toMatchObject({
      message: 'edited',
      thread: { count: 1, userIds: [scene.grace.me.id] },
      reactions: [{ emoji: '👍', count: 1, userIds: [scene.grace.me.id] }],
    })
    // Its source was edited, and so it changed too (RP1).
    expect(changes[2]).toMatchObject({ rev: head, replyTo: { id: root.id, message: 'edited' } })
    const edits = await mark(scene.grace, 'GET', root, 'edits')
    expect(edits.body).toMatchObject({ edits: [{ message: 'root' }] })
    g.close()
  })

  test('TH1, RP1, FI1: what a chat is linked to must be there, or it is refused and names its cid', async () => {
    const room = await scene.makeRoom()
    const elsewhere = await say(scene.ada, await scene.makeRoom(), 'elsewhere')
    const a = await scene.enter(scene.ada, room)
    const refused = (cid: string) => a.next('error', (frame) => frame.cid === cid)
    for (const what of ['threadId', 'replyToId', 'fileIds']) {
      const id = what === 'fileIds' ? [elsewhere.id] : elsewhere.id
      a.send({ type: 'chat', roomId: room, message: 'x', cid: what, [what]: id })
      expect(await refused(what)).toMatchObject({ code: 'not_found', roomId: room })
    }
    for (const [field, links] of [
      ['threadId', { threadId: 'no id' }],
      ['fileIds.0', { fileIds: ['no id'] }],
      ['fileIds', { fileIds: Array.from({ length: 11 }, () => elsewhere.id) }],
      ['message', { message: ' ' }],
    ] as const) {
      a.send({ type: 'chat', roomId: room, message: 'x', cid: `bad-${field}`, ...links })
      const { fields } = await refused(`bad-${field}`)
      expect(fields?.map((one) => one.field)).toEqual([field])
    }
    a.close()
  })

  test('RE1: reactions reach the room at the next rev; a stranger may neither set nor see them', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const chat = await say(scene.ada, room, 'done')
    const a = await scene.enter(scene.ada, room)
    expect((await mark(scene.grace, 'PUT', chat, thumbsUp)).status).toBe(200)
    const told = await a.next('chat_updated')
    expect(told.chat).toMatchObject({ rev: chat.rev + 1, reactions: [{ emoji: '👍', count: 1 }] })
    expect((await mark(scene.mallory, 'PUT', chat, thumbsUp)).status).toBe(404)
    const words = await mark(scene.grace, 'PUT', chat, 'reactions/thumbsup')
    expect(words).toMatchObject({ status: 422, body: { error: { fields: [{ field: 'emoji' }] } } })
    await mark(scene.grace, 'DELETE', chat, thumbsUp)
    const less = await a.next('chat_updated', (frame) => frame.chat.rev === chat.rev + 2)
    expect(less.chat.reactions).toBeUndefined()
    a.close()
  })

  test('MT1: @here mentions who is online, @room everyone', async () => {
    const room = await scene.makeRoom('private', scene.grace, scene.mallory)
    const g = await scene.enter(scene.grace, room)
    await isKnownOnline(scene.grace)
    const here = await say(scene.ada, room, 'ping @here')
    const all = await say(scene.ada, room, 'and @room')
    expect([here.everyone, all.everyone]).toEqual(['here', 'room'])
    const mentionsOf = async (person: Cast) => {
      const { body } = await person.request('GET', `/api/rooms/${room}`)
      return (body['mine'] as { mentionSeqs: number[] }).mentionSeqs
    }
    expect(await mentionsOf(scene.grace)).toEqual([here.seq, all.seq])
    expect(await mentionsOf(scene.mallory)).toEqual([all.seq])
    g.close()
  })

  test('TH3, RD1: what I set on one connection reaches my others, and nobody else', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const root = await say(scene.ada, room, 'root')
    await say(scene.grace, room, 'reply', { threadId: root.id })
    const phone = await WireSocket.signedIn(scene.server.url, scene.ada)
    const other = await WireSocket.signedIn(scene.server.url, scene.grace)
    const place = { roomId: room, threadId: root.id, follows: true, readSeq: root.seq + 1 }

    await mark(scene.ada, 'POST', root, 'thread/read', { seq: 1e6 })
    expect(await phone.next('thread_place')).toEqual({ type: 'thread_place', place })
    await mark(scene.ada, 'PUT', root, 'thread/follow', { follows: false })
    const left = await phone.next('thread_place', (frame) => !frame.place.follows)
    expect(left.place).toEqual({ ...place, follows: false })
    await scene.ada.request('PUT', `/api/saved/${root.id}`)
    expect(await phone.next('saved')).toMatchObject({ chatId: root.id, saved: true })
    const preferences = { notify: 'none', muted: true } as const
    await scene.ada.request('PUT', `/api/rooms/${room}/preferences`, preferences)
    expect(await phone.next('room_preferences')).toMatchObject({ roomId: room, preferences })
    await scene.ada.request('PATCH', '/api/settings', { notify: 'all' })
    expect((await phone.next('settings')).settings).toMatchObject({ notify: 'all' })
    await scene.ada.request('POST', `/api/rooms/${room}/read`, { seq: 1, back: true })
    const read = await phone.next('read', (frame) => frame.roomId === room && frame.seq === 1)
    expect(read).toEqual({ type: 'read', roomId: room, seq: 1, back: true })
    const mine = await scene.ada.request('GET', `/api/rooms/${room}`)
    expect(mine.body['mine']).toMatchObject({ readSeq: 1, preferences })

    await other.flushed()
    for (const type of ['thread_place', 'saved', 'room_preferences', 'settings', 'read'] as const) {
      expect(other.of(type)).toEqual([])
    }
    phone.close()
    other.close()
  })
}
