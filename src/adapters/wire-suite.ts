import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import {
  request,
  signUp,
  WireSocket,
  type Cast,
  type StartWire,
  type WireServer,
} from './testing.ts'

/** What holds on the wire of every runtime. Rules are those of src/protocol/README.md. */
export function wireSuite(runtime: string, start: StartWire): void {
  describe(`the wire on ${runtime}`, () => {
    let server: WireServer
    let ada: Cast
    let grace: Cast
    let mallory: Cast

    beforeAll(async () => {
      server = await start()
      ada = await signUp(server.url, 'Ada')
      grace = await signUp(server.url, 'Grace')
      mallory = await signUp(server.url, 'Mallory')
    })
    afterAll(() => server.stop())

    let rooms = 0
    const makeRoom = async (
      kind: 'public' | 'private' = 'private',
      ...others: Cast[]
    ): Promise<string> => {
      rooms += 1
      const answer = await ada.request('POST', '/api/rooms', { name: `Room ${rooms}`, kind })
      const { id } = answer.body['room'] as { id: string }
      for (const { me } of others)
        await ada.request('POST', `/api/rooms/${id}/members`, { userId: me.id })
      return id
    }

    const enter = async (person: Cast, roomId: string, after?: number): Promise<WireSocket> => {
      const socket = await WireSocket.signedIn(server.url, person)
      socket.send({ type: 'join_room', roomId, after })
      await socket.next('joined')
      return socket
    }

    test('AU1: the token comes in a header, in the first frame, or in the query', async () => {
      const byHeader = new WireSocket(server.url, {
        headers: { authorization: `Bearer ${ada.token}` },
      })
      const byQuery = new WireSocket(server.url, { path: `/ws?token=${ada.token}&v=1` })
      const byFrame = new WireSocket(server.url)
      await byFrame.opened()
      byFrame.send({ type: 'auth', token: ada.token })
      for (const socket of [byHeader, byQuery, byFrame]) {
        expect(await socket.next('hello')).toMatchObject({ v: 1, user: { id: ada.me.id } })
        socket.close()
      }
    })

    test('AU2, security 7: wrong tokens close with 4004, another version with 4007', async () => {
      const [, payload, signature] = ada.token.split('.')
      const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
      const forged = [
        `${none}.${payload}.`,
        `${none}.${payload}.${signature}`,
        'nonsense',
        `${ada.token}x`,
      ]
      const codes = forged.map(
        (token) => new WireSocket(server.url, { path: `/ws?token=${token}` }).closed,
      )
      expect(await Promise.all(codes)).toEqual(forged.map(() => 4004))
      const version = new WireSocket(server.url, {
        path: '/ws?v=2',
        headers: { authorization: `Bearer ${ada.token}` },
      })
      expect(await version.closed).toBe(4007)
    })

    test('AU3, security 1, 2: a foreign origin is refused, and a cookie alone opens nothing', async () => {
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      }
      const host = new URL(server.url).host
      for (const origin of ['https://evil.tld', `http://${host}.evil.tld`, 'null']) {
        const answer = await request(server.url, 'GET', '/ws', { headers: { ...upgrade, origin } })
        expect(answer).toMatchObject({ status: 403, body: { error: { code: 'bad_origin' } } })
      }
      const cookied = new WireSocket(server.url, {
        headers: { cookie: ada.cookie, origin: server.url },
      })
      await cookied.opened()
      cookied.send({ type: 'ping' })
      expect(await cookied.next('error')).toMatchObject({ code: 'unauthenticated' })
      expect(await cookied.closed).toBe(4003)
    }, 20_000)

    test('/ws asked by plain HTTP says what it is', async () => {
      const answer = await request(server.url, 'GET', '/ws')
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'malformed' } } })
    })

    test('CH1: a chat is acked to its sender and reaches everyone in the room once', async () => {
      const room = await makeRoom('private', grace)
      const [a, g] = [await enter(ada, room), await enter(grace, room)]
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
      const room = await makeRoom('private', grace)
      const sockets = [await enter(ada, room), await enter(grace, room), await enter(ada, room)]
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
      const room = await makeRoom()
      const sockets = await Promise.all(
        Array.from({ length: 5 }, () => WireSocket.signedIn(server.url, ada)),
      )
      const posts = Array.from({ length: 25 }, () =>
        ada.request('POST', `/api/rooms/${room}/chats`, { message: 'once', cid: 'same' }),
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
      const page = await ada.request('GET', `/api/rooms/${room}/chats`)
      expect((page.body['chats'] as unknown[]).length).toBe(2)
      for (const socket of sockets) socket.close()
    })

    test('CH5: an edit and a deletion reach the room with new revs and keep the seq', async () => {
      const room = await makeRoom('private', grace)
      const g = await enter(grace, room)
      const posted = await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'teh' })
      const chat = posted.body['chat'] as { id: string; seq: number; rev: number }
      const at = `/api/rooms/${room}/chats/${chat.id}`
      expect(await ada.request('PATCH', at, { message: 'the' })).toMatchObject({ status: 200 })
      expect(await ada.request('DELETE', at)).toMatchObject({ status: 200 })
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
      const room = await makeRoom()
      const m = await WireSocket.signedIn(server.url, mallory)
      m.send({ type: 'join_room', roomId: room })
      m.send({ type: 'chat', roomId: room, message: 'hi', cid: 'c1' })
      m.send({ type: 'typing', roomId: room })
      m.send({ type: 'read', roomId: room, seq: 1 })
      m.send({ type: 'sync', rooms: [{ roomId: room, after: 0 }] })
      await m.next('synced')
      await m.take('error', 4)
      expect(m.of('error').map(({ code }) => code)).toEqual(Array(4).fill('not_found'))
      expect(m.of('left')).toMatchObject([{ roomId: room, reason: 'removed' }])
      await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'secret' })
      for (const path of ['', '/members', '/chats']) {
        expect(await mallory.request('GET', `/api/rooms/${room}${path}`)).toMatchObject({
          status: 404,
          body: { error: { code: 'not_found' } },
        })
      }
      await m.flushed()
      expect(m.of('chat')).toEqual([])
      m.close()
    })

    test('CH6: a public room that one is not in says not_member', async () => {
      const room = await makeRoom('public')
      const m = await WireSocket.signedIn(server.url, mallory)
      m.send({ type: 'join_room', roomId: room })
      m.send({ type: 'chat', roomId: room, message: 'hi', cid: 'c1' })
      await m.take('error', 2)
      expect(m.of('error').map(({ code }) => code)).toEqual(['not_member', 'not_member'])
      m.close()
    })

    test('security 24: whoever is removed while chats flow hears none past the removal', async () => {
      const room = await makeRoom('private', grace)
      const [a, g] = [await enter(ada, room), await enter(grace, room)]
      const say = (n: number) =>
        a.send({ type: 'chat', roomId: room, message: `${n}`, cid: `c${n}` })
      for (let n = 0; n < 50; n += 1) say(n)
      const removal = ada.request('DELETE', `/api/rooms/${room}/members/${grace.me.id}`)
      for (let n = 50; n < 100; n += 1) say(n)
      expect((await removal).status).toBe(204)
      await a.next('ack', ({ cid }) => cid === 'c99')
      expect(await g.next('left')).toMatchObject({ roomId: room, reason: 'removed' })
      await g.flushed()
      const { chat } = await a.next('chat', (frame) => frame.chat.event?.type === 'removed')
      expect(g.of('chat').filter((frame) => frame.chat.seq >= chat.seq)).toEqual([])
      expect(await grace.request('GET', `/api/rooms/${room}/chats`)).toMatchObject({ status: 404 })
      a.close()
      g.close()
    })

    test('RS1: what changed while one was away comes along, then what is new', async () => {
      const room = await makeRoom('private', grace)
      const before = await enter(grace, room)
      before.close()
      await before.closed
      const first = await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'one' })
      const { id } = first.body['chat'] as { id: string }
      await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'two' })
      await ada.request('PATCH', `/api/rooms/${room}/chats/${id}`, { message: 'ONE' })
      const { epoch } = await before.next('hello')
      const g = await WireSocket.signedIn(server.url, grace)
      g.send({ type: 'sync', epoch, rooms: [{ roomId: room, after: 2 }] })
      await g.next('synced')
      await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'three' })
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
      const room = await makeRoom()
      const a = await WireSocket.signedIn(server.url, ada)
      a.send({ type: 'sync', epoch: 'another life', rooms: [{ roomId: room, after: 1 }] })
      expect(await a.next('joined')).toMatchObject({ tooFar: true, head: 1 })
      a.close()
    })

    test('CF1, security 34: a frame over 64 KB closes with 1009', async () => {
      const a = await WireSocket.signedIn(server.url, ada)
      a.send('x'.repeat(64 * 1024 + 1))
      // Bun tells its own callback 1006 and the wire 1009; a client may see either of them.
      expect([1006, 1009]).toContain(await a.closed)
    })

    test('CF2, CF3: broken frames are answered with the field, five in a row close', async () => {
      const a = await WireSocket.signedIn(server.url, ada)
      a.send({ type: 'join_room', roomId: 'no id' })
      expect(await a.next('error')).toMatchObject({
        code: 'invalid',
        fields: [{ field: 'roomId', message: 'must be an id' }],
      })
      a.send(new Uint8Array([0]))
      for (let n = 0; n < 3; n += 1) a.send('{')
      expect(await a.closed).toBe(4002)
      const b = await WireSocket.signedIn(server.url, ada)
      for (let n = 0; n < 5; n += 1) b.send({ type: 'launch' })
      expect(await b.closed).toBe(4001)
    })

    test('AU5, security 11: signing out closes the session’s sockets with 4006, and its token is dead', async () => {
      const linus = await signUp(server.url, 'Linus')
      const socket = await WireSocket.signedIn(server.url, linus)
      expect(await linus.request('POST', '/api/auth/signout')).toMatchObject({ status: 200 })
      expect(await socket.closed).toBe(4006)
      expect(await linus.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
    })

    test('security 12: a new password ends every other session within 2 s', async () => {
      const linus = await signUp(server.url, 'Linus')
      const signIn = await request(server.url, 'POST', '/api/auth/signin', {
        body: { email: linus.me.email, password: 'correct horse battery' },
      })
      const other = await WireSocket.signedIn(server.url, {
        token: String(signIn.body['accessToken']),
      })
      const own = await WireSocket.signedIn(server.url, linus)
      const change = {
        currentPassword: 'correct horse battery',
        newPassword: 'staple battery horse',
      }
      expect(await linus.request('POST', '/api/auth/password', change)).toMatchObject({
        status: 200,
      })
      expect(await other.closed).toBe(4006)
      await own.flushed()
      own.close()
    })

    test('AU6, security 37: the 21st socket of a user closes with 4011', async () => {
      const linus = await signUp(server.url, 'Linus')
      const sockets = await Promise.all(
        Array.from({ length: 20 }, () => WireSocket.signedIn(server.url, linus)),
      )
      const more = new WireSocket(server.url, {
        headers: { authorization: `Bearer ${linus.token}` },
      })
      expect(await more.closed).toBe(4011)
      for (const socket of sockets) socket.close()
    })

    test('being added, renamed and removed is told to those whom it concerns', async () => {
      const g = await WireSocket.signedIn(server.url, grace)
      const room = await makeRoom('private', grace)
      expect(await g.next('room_added')).toMatchObject({ room: { id: room, role: 'member' } })
      g.send({ type: 'join_room', roomId: room, after: 0 })
      await g.next('joined')
      await ada.request('PATCH', `/api/rooms/${room}`, { name: `Renamed ${room}` })
      expect(await g.next('room_updated')).toMatchObject({ room: { name: `Renamed ${room}` } })
      expect(await g.next('chat')).toMatchObject({ chat: { event: { type: 'renamed' } } })
      await grace.request('PATCH', '/api/users/me', { name: 'Grace Hopper' })
      expect(await g.next('user_updated')).toMatchObject({ user: { name: 'Grace Hopper' } })
      g.close()
    })

    test('PR1, TY1, RD1: presence and typing reach others, a read position my own connections', async () => {
      const room = await makeRoom('private', grace)
      const [a, desk, phone] = [
        await enter(ada, room),
        await enter(grace, room),
        await enter(grace, room),
      ]
      a.send({ type: 'typing', roomId: room })
      expect(await desk.next('typing')).toMatchObject({ roomId: room, userIds: [ada.me.id] })
      desk.send({ type: 'read', roomId: room, seq: 2 })
      expect(await phone.next('read')).toEqual({ type: 'read', roomId: room, seq: 2 })
      for (const socket of [desk, phone]) socket.send({ type: 'presence', status: 'away' })
      await a.next('presence', ({ changes }) =>
        changes.some(({ userId, status }) => userId === grace.me.id && status === 'away'),
      )
      for (const socket of [a, desk, phone]) socket.close()
    })

    test('security 5, 58: no token, password, cookie or chat text is ever logged', async () => {
      const room = await makeRoom()
      await ada.request('POST', `/api/rooms/${room}/chats`, { message: 'canary-chat' })
      await request(server.url, 'POST', '/api/auth/signin', {
        body: { email: 'x@example.com', password: 'canary-password' },
      })
      const socket = new WireSocket(server.url, { path: '/ws?token=canary-token' })
      expect(await socket.closed).toBe(4004)
      await request(server.url, 'GET', '/api/users?query=canary-query', {
        headers: { cookie: 'a=canary-cookie', authorization: 'Bearer canary-bearer' },
      })
      await request(server.url, 'GET', '/x%0d%0aForged-line')
      expect(server.log()).toContain('/api/auth/signin')
      expect(server.log()).not.toContain('canary')
      expect(server.log()).not.toContain('\r')
      expect(server.log()).not.toContain(ada.token)
    })

    test('DR1: on the way down everyone is told, sends are refused, sockets close with 1012', async () => {
      const own = await start()
      const person = await signUp(own.url, 'Ada')
      const socket = await WireSocket.signedIn(own.url, person)
      const stopped = own.stop()
      await socket.next('drain')
      expect(await socket.closed).toBe(1012)
      await stopped
    })
  })
}
