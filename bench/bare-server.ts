/**
 * What fan-out costs at the least on this runtime: a socket server that gives each chat a number,
 * publishes it to its room and acks. No accounts, no database, no limits, no resume.
 */
const user = { id: crypto.randomUUID(), handle: 'user0', name: 'Ada Abel', avatarColor: 0 }
const seqs = new Map<string, number>()

interface BareFrame {
  type: string
  roomId: string
  cid: string
  message: string
}

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, bun) => (bun.upgrade(request) ? undefined : new Response(null, { status: 400 })),
  websocket: {
    maxPayloadLength: 64 * 1024,
    backpressureLimit: 16 * 1024 * 1024,
    message(socket, data) {
      // Only the load generator talks to it.
      const { type, roomId, cid, message } = JSON.parse(String(data)) as BareFrame
      if (type === 'auth') {
        socket.send(JSON.stringify({ type: 'hello', user }))
      } else if (type === 'join_room') {
        socket.subscribe(roomId)
        socket.send(JSON.stringify({ type: 'joined', roomId }))
      } else if (type === 'chat') {
        const seq = (seqs.get(roomId) ?? 0) + 1
        seqs.set(roomId, seq)
        const id = crypto.randomUUID()
        const at = new Date().toISOString()
        socket.send(JSON.stringify({ type: 'ack', cid, id, roomId, seq, at }))
        // As many bytes as a chat of Parley.
        const chat = {
          id,
          roomId,
          seq,
          rev: seq,
          kind: 'text',
          sender: user,
          cid,
          message,
          event: null,
          mentions: [],
          createdAt: at,
          editedAt: null,
          deletedAt: null,
        }
        server.publish(roomId, JSON.stringify({ type: 'chat', chat }))
      }
    },
  },
})
console.log(`bare is at ${server.url.href}`)
