import { WireSocket } from '../../../src/adapters/testing.ts'
import { AppError, call, createClient } from '../../../src/client.ts'
import type { Fault } from '../fault.ts'

const copies = 50

interface Place {
  id: string
  seq: number
}

export const sameCid: Fault = {
  name: 'same-cid',
  about:
    'the same cid 50 times at once over WebSocket and REST, on two nodes; one row, 50 equal acks',
  nodes: 2,
  async run(stage) {
    const { tokens, roomIds, nodes, times, expect, random } = stage
    const [token = ''] = tokens
    const roomId = roomIds[0]?.[0] ?? ''
    const places = nodes.flatMap(({ url }) => Array.from({ length: 5 }, () => url))
    const sockets = await Promise.all(places.map((url) => WireSocket.signedIn(url, { token })))
    const clients = nodes.map(({ url }) => createClient({ url, accessToken: token }))
    const rounds = times(100, 30, 10)
    let unequal = 0
    for (let round = 0; round < rounds; round += 1) {
      const cid = `same-${round}`
      const message = `said ${copies} times, ${cid}`
      const acks = await Promise.all(
        Array.from({ length: copies }, async (_, at): Promise<Place> => {
          const socket = sockets[at % sockets.length]
          const client = clients[at % clients.length]
          if (!socket || !client) throw new Error('There is nobody to send it')
          if (random() < 0.5) {
            const chats = client.api.rooms[':roomId'].chats
            const { chat } = await call(chats.$post({ param: { roomId }, json: { message, cid } }))
            return chat
          }
          socket.send({ type: 'chat', roomId, message, cid })
          return socket.next('ack', (ack) => ack.cid === cid)
        }),
      )
      unequal += acks.filter(({ id, seq }) => id !== acks[0]?.id || seq !== acks[0].seq).length
      stage.tally(copies, acks.length)
      stage.trial()
    }
    const other = await call(
      clients[0]!.api.rooms[':roomId'].chats.$post({
        param: { roomId },
        json: { message: 'another text', cid: 'same-0' },
      }),
    ).catch((error: unknown) => error)
    const stored = (await stage.readLog()).filter(({ cid }) => cid.startsWith('same-'))
    const extra = stored.length - rounds
    stage.tally(0, 0, { doubled: Math.max(0, extra), lost: Math.max(0, -extra) })
    expect.atMost('acks that differ from the first', unequal, 0)
    expect.atMost('rows a cid', stored.length / rounds, 1)
    const isConflict = other instanceof AppError && other.code === 'cid_conflict'
    expect.holds('the cid with another text is refused', isConflict)
    for (const socket of sockets) socket.close()
  },
}
