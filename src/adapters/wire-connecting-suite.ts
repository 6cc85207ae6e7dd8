import { expect, test } from 'bun:test'
import { createClient, type Status } from '../client.ts'
import { request, signUp, WireSocket } from './testing.ts'
import type { WireScene } from './wire-scene.ts'

/** Connecting, signing in and broken frames, on any runtime (AU, CF). */
export function connectingSuite(scene: WireScene): void {
  test('AU1, security 3, 4: the token comes in a header, in the first frame, or in the query', async () => {
    const byHeader = new WireSocket(scene.server.url, {
      headers: { authorization: `Bearer ${scene.ada.token}` },
    })
    const byQuery = new WireSocket(scene.server.url, { path: `/ws?token=${scene.ada.token}&v=1` })
    const byFrame = new WireSocket(scene.server.url)
    await byFrame.opened()
    byFrame.send({ type: 'auth', token: scene.ada.token })
    for (const socket of [byHeader, byQuery, byFrame]) {
      expect(await socket.next('hello')).toMatchObject({ v: 1, user: { id: scene.ada.me.id } })
      socket.close()
    }
  })

  test('AU2, security 7: wrong tokens close with 4004, another version with 4007', async () => {
    const [, payload, signature] = scene.ada.token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    const forged = [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      'nonsense',
      `${scene.ada.token}x`,
    ]
    const codes = forged.map(
      (token) => new WireSocket(scene.server.url, { path: `/ws?token=${token}` }).closed,
    )
    expect(await Promise.all(codes)).toEqual(forged.map(() => 4004))
    const version = new WireSocket(scene.server.url, {
      path: '/ws?v=2',
      headers: { authorization: `Bearer ${scene.ada.token}` },
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
    const host = new URL(scene.server.url).host
    for (const origin of ['https://evil.tld', `http://${host}.evil.tld`, 'null']) {
      const answer = await request(scene.server.url, 'GET', '/ws', {
        headers: { ...upgrade, origin },
      })
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'bad_origin' } } })
    }
    const cookied = new WireSocket(scene.server.url, {
      headers: { cookie: scene.ada.cookie, origin: scene.server.url },
    })
    await cookied.opened()
    // No ping: some runtimes answer it before anyone asks who it is from.
    cookied.send({ type: 'leave_room', roomId: crypto.randomUUID() })
    expect(await cookied.next('error')).toMatchObject({ code: 'unauthenticated' })
    expect(await cookied.closed).toBe(4003)
  }, 20_000)

  test('/ws asked by plain HTTP says what it is', async () => {
    const answer = await request(scene.server.url, 'GET', '/ws')
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'malformed' } } })
  })

  test('CF1, security 34: a frame over 64 KB closes with 1009', async () => {
    const a = await WireSocket.signedIn(scene.server.url, scene.ada)
    a.send('x'.repeat(64 * 1024 + 1))
    // Bun tells its own callback 1006 and the wire 1009; a client may see either of them.
    expect([1006, 1009]).toContain(await a.closed)
  })

  test('CF2, CF3: broken frames are answered with the field, five in a row close', async () => {
    const a = await WireSocket.signedIn(scene.server.url, scene.ada)
    a.send({ type: 'join_room', roomId: 'no id' })
    expect(await a.next('error')).toMatchObject({
      code: 'invalid',
      fields: [{ field: 'roomId', message: 'must be an id' }],
    })
    a.send(new Uint8Array([0]))
    for (let n = 0; n < 3; n += 1) a.send('{')
    expect(await a.closed).toBe(4002)
    const b = await WireSocket.signedIn(scene.server.url, scene.ada)
    for (let n = 0; n < 5; n += 1) b.send({ type: 'launch' })
    expect(await b.closed).toBe(4001)
  })

  test('AU5, security 11: signing out closes the session’s sockets with 4006, and its token is dead', async () => {
    const linus = await signUp(scene.server.url, 'Linus')
    const socket = await WireSocket.signedIn(scene.server.url, linus)
    expect(await linus.request('POST', '/api/auth/signout')).toMatchObject({ status: 200 })
    expect(await socket.closed).toBe(4006)
    expect(await linus.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
  })

  test('AU5: a client hears that its session was signed out, and does not come back', async () => {
    const linus = await signUp(scene.server.url, 'Linus')
    const client = createClient({ url: scene.server.url, accessToken: linus.token })
    const ends = Promise.withResolvers<Status>()
    client.live.on('status', (status) => {
      if (status.state === 'online') void linus.request('POST', '/api/auth/signout')
      else ends.resolve(status)
    })
    expect(await ends.promise).toMatchObject({ state: 'closed', code: 4006 })
  })

  test('security 12: a new password ends every other session within 2 s', async () => {
    const linus = await signUp(scene.server.url, 'Linus')
    const signIn = await request(scene.server.url, 'POST', '/api/auth/signin', {
      body: { email: linus.me.email, password: 'correct horse battery' },
    })
    const other = await WireSocket.signedIn(scene.server.url, {
      token: String(signIn.body['accessToken']),
    })
    const own = await WireSocket.signedIn(scene.server.url, linus)
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
    const linus = await signUp(scene.server.url, 'Linus')
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => WireSocket.signedIn(scene.server.url, linus)),
    )
    const headers = { authorization: `Bearer ${linus.token}` }
    // Where several nodes serve, it takes a moment until each knows of all twenty.
    const oneMore = async (): Promise<number> => {
      const more = new WireSocket(scene.server.url, { headers })
      const welcome = more.next('hello').then(
        () => true,
        () => false,
      )
      const code = await Promise.race([more.closed, welcome])
      more.close()
      return typeof code === 'number' ? code : oneMore()
    }
    expect(await oneMore()).toBe(4011)
    for (const socket of sockets) socket.close()
  })
}
