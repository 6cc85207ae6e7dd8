import { createServer } from 'node:http'
import express from 'express'
import { WebSocket, WebSocketServer } from 'ws'
import type { RivalPost } from './chat.ts'
import { listen } from './listen.ts'
import { openStore } from './store.ts'
import { userOf } from './token.ts'

/** The common stack: Express and ws under Node, one INSERT awaited for each chat, then a loop over the room. */
const store = await openStore()
const rooms = new Map<string, Set<WebSocket>>()

const app = express()
app.use('/api', (request, response, next) => {
  if (userOf(request.headers.authorization) === null) response.sendStatus(401)
  else next()
})
app.get('/api/rooms/:roomId/chats', async (request, response) => {
  const before = Number(request.query['before'] ?? Number.MAX_SAFE_INTEGER)
  const chats = await store.page(request.params.roomId, before)
  response.json({ chats, hasBefore: (chats[0]?.seq ?? 1) > 1, hasAfter: false })
})

interface Frame extends RivalPost {
  type: string
}

const tell = (roomId: string, frame: object, but?: WebSocket): void => {
  const text = JSON.stringify(frame)
  for (const socket of rooms.get(roomId) ?? []) {
    if (socket !== but && socket.readyState === WebSocket.OPEN) socket.send(text)
  }
}

const receive = async (socket: WebSocket, userId: string, frame: Frame): Promise<void> => {
  const { type, roomId, cid } = frame
  if (type === 'join_room') {
    const room = rooms.get(roomId) ?? new Set()
    rooms.set(roomId, room.add(socket))
    socket.on('close', () => room.delete(socket))
    socket.send(JSON.stringify({ type: 'joined', roomId }))
  } else if (type === 'chat') {
    const chat = await store.add(frame)
    const { id, seq, createdAt: at } = chat
    socket.send(JSON.stringify({ type: 'ack', cid, id, roomId, seq, at }))
    tell(roomId, { type: 'chat', chat })
  } else if (type === 'typing') {
    tell(roomId, { type: 'typing', roomId, userIds: [userId] }, socket)
  }
}

const http = createServer(app)
const sockets = new WebSocketServer({ noServer: true })
http.on('upgrade', (request, stream, head) => {
  const userId = userOf(request.headers.authorization)
  if (userId === null) return stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on('message', (data: Buffer) => {
      // Only the load generator talks to it.
      const frame = JSON.parse(data.toString()) as Frame
      receive(socket, userId, frame).catch((error: unknown) => socket.close(1011, String(error)))
    })
    socket.send(JSON.stringify({ type: 'hello', user: { id: userId } }))
  })
})
listen(http)
