import { expect, test } from 'bun:test'
import { request, signUp, WireSocket } from './testing.ts'
import type { StartWire } from './testing.ts'
import type { WireScene } from './wire-scene.ts'

/** What people are told of, and what the log may hold, on any runtime. */
export function newsSuite(scene: WireScene): void {
  test('being added, renamed and removed is told to those whom it concerns', async () => {
    const g = await WireSocket.signedIn(scene.server.url, scene.grace)
    const room = await scene.makeRoom('private', scene.grace)
    expect(await g.next('room_added')).toMatchObject({ room: { id: room, role: 'member' } })
    g.send({ type: 'join_room', roomId: room, after: 0 })
    await g.next('joined')
    await scene.ada.request('PATCH', `/api/rooms/${room}`, { name: `Renamed ${room}` })
    await g.next('room_updated', (frame) => frame.room.name === `Renamed ${room}`)
    expect(await g.next('chat')).toMatchObject({ chat: { event: { type: 'renamed' } } })
    await scene.grace.request('PATCH', '/api/users/me', { name: 'Grace Hopper' })
    expect(await g.next('user_updated')).toMatchObject({ user: { name: 'Grace Hopper' } })
    g.close()
  })

  test('PR1, TY1, RD1: presence and typing reach others, a read position my own connections', async () => {
    const room = await scene.makeRoom('private', scene.grace)
    const [a, desk, phone] = [
      await scene.enter(scene.ada, room),
      await scene.enter(scene.grace, room),
      await scene.enter(scene.grace, room),
    ]
    a.send({ type: 'typing', roomId: room })
    expect(await desk.next('typing')).toMatchObject({ roomId: room, userIds: [scene.ada.me.id] })
    desk.send({ type: 'read', roomId: room, seq: 2 })
    expect(await phone.next('read')).toEqual({ type: 'read', roomId: room, seq: 2 })
    for (const socket of [desk, phone]) socket.send({ type: 'presence', status: 'away' })
    await a.next('presence', ({ changes }) =>
      changes.some(({ userId, status }) => userId === scene.grace.me.id && status === 'away'),
    )
    for (const socket of [a, desk, phone]) socket.close()
  })

  test('security 5, 58: no token, password, cookie or chat text is ever logged', async () => {
    const room = await scene.makeRoom()
    await scene.ada.request('POST', `/api/rooms/${room}/chats`, { message: 'canary-chat' })
    await request(scene.server.url, 'POST', '/api/auth/signin', {
      body: { email: 'x@example.com', password: 'canary-password' },
    })
    const socket = new WireSocket(scene.server.url, { path: '/ws?token=canary-token' })
    expect(await socket.closed).toBe(4004)
    await request(scene.server.url, 'GET', '/api/users?query=canary-query', {
      headers: { cookie: 'a=canary-cookie', authorization: 'Bearer canary-bearer' },
    })
    await request(scene.server.url, 'GET', '/x%0d%0aForged-line')
    expect(scene.server.log()).toContain('/api/auth/signin')
    expect(scene.server.log()).not.toContain('canary')
    expect(scene.server.log()).not.toContain('\r')
    expect(scene.server.log()).not.toContain(scene.ada.token)
  })
}

/** Where the server hears that it shall end. */
export function drainSuite(start: StartWire): void {
  test('DR1: on the way down everyone is told, sends are refused, sockets close with 1012', async () => {
    const own = await start()
    const person = await signUp(own.url, 'Ada')
    const socket = await WireSocket.signedIn(own.url, person)
    const stopped = own.stop()
    await socket.next('drain')
    expect(await socket.closed).toBe(1012)
    await stopped
  })
}
