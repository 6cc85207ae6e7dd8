import { expect, test } from 'bun:test'
import { WireSocket } from './testing.ts'
import type { WireScene } from './wire-scene.ts'

/** Sending, order, retries, membership and coming back, on any runtime (CH, RS). */
export function chatsSuite(scene: WireScene): void {
  test('CH1: a chat is acked to its sender and reaches everyone in the room once', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const [a, g] = [await scene.enter(scene.ada, room), await scene.enter(scene.grace, room)]
    a.send({ type: 'chat', roomId: room, message: 'hello', cid: 'c1' })
    const ack = await a.next('ack')
    const { chat } = await g.next('chat', (frame) => frame.chat.message === 'hello')
    expect(chat).toMatchObject({ id: ack.id, seq: ack.seq, cid: 'c1', sender: { name: 'Ada' } })
    await g.flushed()
    expect(g.of('chat').filter((frame) => frame.chat.id === ack.id)).toHaveLength(1)
    a.close()
    g.close()
  })

  test('CH2: a thousand chats of several senders arrive everywhere in one order without holes', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const sockets = [
      await scene.enter(scene.ada, room),
      await scene.enter(scene.grace, room),
      await scene.enter(scene.ada, room),
    ]
    for (let n = 0; n < 333; n += 1) {
      for (const [at, socket] of sockets.entries()) {
        socket.send({ type: 'chat', roomId: room, message: `${at} ${n}`, cid: `${at}-${n}` })
      }
    }
    const views = await Promise.all(
      sockets.map(async (socket) => {
        await socket.take('chat', 999)
        return socket.of('chat').map(({ chat }) => chat)
      }),
    )
    const [first = []] = views
    expect(first.map(({ rev }) => rev)).toEqual(first.map((_, at) => (first[0]?.rev ?? 0) + at))
    for (const view of views) expect(view.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    for (const at of sockets.keys()) {
      const own = first
        .filter(({ message }) => message.startsWith(`${at} `))
        .map(({ message }) => message)
      expect(own).toEqual(Array.from({ length: 333 }, (_, n) => `${at} ${n}`))
    }
    for (const socket of sockets) socket.close()
  }, 20_000)

  test('CH3: the same cid 50 times at once over socket and REST stores one chat', async () => {
    const room = await scene.makeRoom()
    const sockets = await Promise.all(
      Array.from({ length: 5 }, () => WireSocket.signedIn(scene.server.url, scene.ada)),
    )
    const posts = Array.from({ length: 25 }, () =>
      scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'once', cid: 'same' }),
    )
    for (let n = 0; n < 25; n += 1) {
      sockets[n % 5]?.send({ type: 'chat', roomId: room, message: 'once', cid: 'same' })
    }
    const answers = await Promise.all(posts)
    for (const socket of sockets) await socket.take('ack', 5)
    const ids = new Set([
      ...answers.map(({ body }) => (body['chat'] as { id: string }).id),
      ...sockets.flatMap((socket) => socket.of('ack').map(({ id }) => id)),
    ])
    expect(ids.size).toBe(1)
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true)
    const page = await scene.ada.request('GET', `/api/rooms/${room}/chats`)
    expect((page.body['chats'] as unknown[]).length).toBe(2)
    for (const socket of sockets) socket.close()
  })

  test('CH5: an edit and a deletion reach the room with new revs and keep the seq', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const g = await scene.enter(scene.grace, room)
    const posted = await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'teh' })
    const chat = posted.body['chat'] as { id: string; seq: number; rev: number }
    const at = `/api/rooms/${room}/chats/${chat.id}`
    expect(await scene.ada.request('PATCH', at, { message: 'the' })).toMatchObject({ status: 200 })
    await g.next('chat_updated')
    expect(await scene.ada.request('DELETE', at)).toMatchObject({ status: 200 })
    await g.next('chat_updated', ({ chat: { deletedAt } }) => deletedAt !== null)
    expect(
      g.of('chat_updated').map((frame) => [frame.chat.seq, frame.chat.rev, frame.chat.message]),
    ).toEqual([
      [chat.seq, chat.rev + 1, 'the'],
      [chat.seq, chat.rev + 2, ''],
    ])
    g.close()
  })

  test('CH6, security 22, 23, 26: a private room does not exist for a stranger', async () => {
    const room = await scene.makeRoom()
    const m = await WireSocket.signedIn(scene.server.url, scene.mallory)
    m.send({ type: 'join_room', roomId: room })
    m.send({ type: 'chat', roomId: room, message: 'hi', cid: 'c1' })
    m.send({ type: 'typing', roomId: room })
    m.send({ type: 'read', roomId: room, seq: 1 })
    m.send({ type: 'sync', rooms: [{ roomId: room, after: 0 }] })
    await m.next('synced')
    await m.take('error', 4)
    expect(m.of('error').map(({ code }) => code)).toEqual(Array(4).fill('not_found'))
    expect(m.of('left')).toMatchObject([{ roomId: room, reason: 'removed' }])
    await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'secret' })
    for (const path of ['', '/members', '/chats']) {
      expect(await scene.mallory.request('GET', `/api/rooms/${room}${path}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found' } },
      })
    }
    await m.flushed()
    expect(m.of('chat')).toEqual([])
    m.close()
  })

  test('CH6: a public room that one is not in says not_member', async () => {
    const room = await scene.makeRoom('public')
    const m = await WireSocket.signedIn(scene.server.url, scene.mallory)
    m.send({ type: 'join_room', roomId: room })
    m.send({ type: 'chat', roomId: room, message: 'hi', cid: 'c1' })
    await m.take('error', 2)
    expect(m.of('error').map(({ code }) => code)).toEqual(['not_member', 'not_member'])
    m.close()
  })

  test('security 24: whoever is removed while chats flow hears none past the removal', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const [a, g] = [await scene.enter(scene.ada, room), await scene.enter(scene.grace, room)]
    const say = (n: number) => a.send({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
    for (let n = 0; n < 50; n += 1) say(n)
    const removal = scene.ada.request('DELETE', `/api/rooms/${room}/members/${scene.grace.me.id}`)
    for (let n = 50; n < 100; n += 1) say(n)
    expect((await removal).status).toBe(204)
    await a.next('ack', ({ cid }) => cid === 'c99')
    expect(await g.next('left')).toMatchObject({ roomId: room, reason: 'removed' })
    await g.flushed()
    const { chat } = await a.next('chat', (frame) => frame.chat.event?.type === 'removed')
    expect(g.of('chat').filter((frame) => frame.chat.seq >= chat.seq)).toEqual([])
    expect(await scene.grace.request('GET', `/api/rooms/${room}/chats`)).toMatchObject({
      status: 404,
    })
    a.close()
    g.close()
  })

  test('RS1: what changed while one was away comes along, then what is new', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const before = await scene.enter(scene.grace, room)
    before.close()
    await before.closed
    const first = await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'one' })
    const { id } = first.body['chat'] as { id: string }
    await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'two' })
    await scene.ada.request('PATCH', `/api/rooms/${room}/chats/${id}`, { message: 'ONE' })
    const { epoch } = await before.next('hello')
    const g = await WireSocket.signedIn(scene.server.url, scene.grace)
    g.send({ type: 'sync', epoch, rooms: [{ roomId: room, after: 2 }] })
    await g.next('synced')
    await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'three' })
    await g.next('chat')
    expect(g.of('joined')).toMatchObject([{ head: 5, lastSeq: 4 }])
    expect(g.of('joined')[0]?.changes?.map(({ message, rev }) => [message, rev])).toEqual([
      ['two', 4],
      ['ONE', 5],
    ])
    expect(g.of('chat').map(({ chat }) => chat.message)).toEqual(['three'])
    g.close()
  })

  test('RS3: another epoch answers tooFar', async () => {
    const room = await scene.makeRoom()
    const a = await WireSocket.signedIn(scene.server.url, scene.ada)
    a.send({ type: 'sync', epoch: 'another life', rooms: [{ roomId: room, after: 1 }] })
    expect(await a.next('joined')).toMatchObject({ tooFar: true, head: 1 })
    a.close()
  })
}
