import { afterAll, beforeAll, expect, test } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { signUp, startOnBun, WireSocket, type Cast, type WireServer } from './testing.ts'

let server: WireServer
let ada: Cast
beforeAll(async () => {
  server = await startOnBun()
  ada = await signUp(server.url, 'Ada')
})
afterAll(() => server.stop())

/** A client's text frame of under 64 KB, masked as RFC 6455 asks. */
const masked = (text: string): Buffer => {
  const body = Buffer.from(text)
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0x81_fe)
  head.writeUInt16BE(body.length, 2)
  const mask = randomBytes(4)
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))])
}

/** A socket by hand, because those of libraries can't stop reading. */
const upgrade = async ({ token }: Cast): Promise<Socket> => {
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const lines = [
    'GET /ws HTTP/1.1',
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Authorization: Bearer ${token}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  return socket
}

test('SL1: a reader that stops reading is cut, nobody waits for it, and it heals by its rev', async () => {
  const answer = await ada.request('POST', '/api/rooms', { name: 'Flood', kind: 'private' })
  const { id: room } = answer.body['room'] as { id: string }
  const slow = await upgrade(ada)
  slow.on('error', () => {})
  const ended = once(slow, 'close')
  slow.write(masked(JSON.stringify({ type: 'join_room', roomId: room })))
  await once(slow, 'data')
  slow.pause()

  const fast = await WireSocket.signedIn(server.url, ada)
  fast.send({ type: 'join_room', roomId: room })
  await fast.next('joined')
  const message = 'x'.repeat(8_000)
  // More than the kernel's buffers of both ends and Parley's own bound hold together.
  const chats = 2_500
  for (let n = 0; n < chats; n += 1) {
    fast.send({ type: 'chat', roomId: room, cid: `c${n}`, message })
    if (n % 100 === 99) await fast.take('ack', n + 1)
  }
  await fast.take('ack', chats)
  expect(fast.of('chat').map(({ chat }) => chat.rev)).toEqual(
    Array.from({ length: chats }, (_, n) => n + 2),
  )
  slow.resume()
  await ended

  const back = await WireSocket.signedIn(server.url, ada)
  back.send({ type: 'join_room', roomId: room, after: chats - 9 })
  const { changes } = await back.next('joined')
  expect(changes?.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 10 }, (_, n) => chats - 8 + n),
  )
  fast.close()
  back.close()
}, 30_000)
