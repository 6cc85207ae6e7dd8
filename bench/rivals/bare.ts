import { type RivalPost, chatOf, createSeqs } from './chat.ts'

/**
 * What fan-out costs at the least on this runtime: a socket server that gives each chat a number,
 * publishes it to its room and acks. No accounts, no database, no limits, no resume. Over HTTP it
 * gives one page that it has ready.
 */
const user = { id: crypto.randomUUID(), handle: 'user0', name: 'Ada Abel', avatarColor: 0 }
const nextSeq = createSeqs()
const filler = { roomId: crypto.randomUUID(), cid: crypto.randomUUID(), message: 'm'.repeat(80) }
const page = JSON.stringify({
  chats: Array.from({ length: 50 }, (_, at) => chatOf(filler, at + 1)),
  hasBefore: true,
  hasAfter: false,
})
const pageHeaders = { 'Content-Type': 'application/json' }

interface BareFrame extends RivalPost {
  type: string
}

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, bun) {
    if (bun.upgrade(request)) return
    return new Response(page, { headers: pageHeaders })
  },
  websocket: {
    maxPayloadLength: 64 * 1024,
    backpressureLimit: 16 * 1024 * 1024,
    open(socket) {
      socket.send(JSON.stringify({ type: 'hello', user }))
    },
    message(socket, data) {
      // Only the load generator talks to it.
      const frame = JSON.parse(String(data)) as BareFrame
      const { type, roomId, cid } = frame
      if (type === 'join_room') {
        socket.subscribe(roomId)
        socket.send(JSON.stringify({ type: 'joined', roomId }))
      } else if (type === 'chat') {
        const chat = chatOf(frame, nextSeq(roomId))
        const { id, seq, createdAt: at } = chat
        socket.send(JSON.stringify({ type: 'ack', cid, id, roomId, seq, at }))
        server.publish(roomId, JSON.stringify({ type: 'chat', chat }))
      } else if (type === 'typing') {
        socket.publish(roomId, JSON.stringify({ type: 'typing', roomId, userIds: [user.id] }))
      }
    },
  },
})
console.log(`at ${server.url.href}`)
