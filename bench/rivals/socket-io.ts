import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { RivalPost } from './chat.ts'
import { listen } from './listen.ts'
import { openStore } from './store.ts'
import { userOf } from './token.ts'

/** Socket.IO under Node as its guides show it, WebSockets alone, one INSERT awaited for each chat. */
const store = await openStore()
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })

io.use((socket, next) => {
  const { token } = socket.handshake.auth as { token?: string }
  const userId = userOf(token)
  if (userId === null) return next(new Error('unauthorized'))
  socket.data = { userId }
  next()
})

io.on('connection', (socket) => {
  // As set above.
  const { userId } = socket.data as { userId: string }
  socket.on('join_room', async ({ roomId }: { roomId: string }) => {
    await socket.join(roomId)
    socket.emit('joined', { roomId })
  })
  socket.on('chat', async (post: RivalPost, ack: (answer: object) => void) => {
    const chat = await store.add(post)
    ack({ cid: post.cid, id: chat.id, roomId: chat.roomId, seq: chat.seq, at: chat.createdAt })
    io.to(post.roomId).emit('chat', chat)
  })
  socket.on('typing', ({ roomId }: { roomId: string }) => {
    socket.to(roomId).emit('typing', { roomId, userIds: [userId] })
  })
})
listen(http)
