import { call, createClient } from '../../src/client.ts'
import { until } from './crowd.ts'

/** One who sends as much as it is told, in a room of its own, and takes whatever the answer is. */
export interface Flood {
  roomId: string
  acks: () => number
  /** Refusals by their code. */
  refusals: () => ReadonlyMap<string, number>
  send: (count: number, message: string) => void
  /** Whether each send has its answer by then. */
  answered: (withinMs: number) => Promise<boolean>
  close: () => void
}

let rooms = 0

export async function openFlood(
  url: string,
  accessToken: string,
  readers: readonly string[] = [],
): Promise<Flood> {
  const client = createClient({ url, accessToken })
  const name = `Flood ${process.pid} ${(rooms += 1)}`
  const { room } = await call(client.api.rooms.$post({ json: { name, kind: 'private' } }))
  const param = { roomId: room.id }
  for (const userId of readers) {
    await call(client.api.rooms[':roomId'].members.$post({ param, json: { userId } }))
  }
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  const refusals = new Map<string, number>()
  let sent = 0
  let acks = 0
  let refused = 0
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ type: 'auth', token: accessToken })),
    )
    socket.addEventListener('close', ({ code }) => reject(new Error(`The flood ended: ${code}`)))
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (data.startsWith('{"type":"ack"')) acks += 1
      if (data.startsWith('{"type":"hello"')) resolve()
      if (!data.startsWith('{"type":"error"')) return
      refused += 1
      const code = /"code":"(\w+)"/.exec(data)?.[1] ?? data
      refusals.set(code, (refusals.get(code) ?? 0) + 1)
    })
  })
  return {
    roomId: room.id,
    acks: () => acks,
    refusals: () => refusals,
    send(count, message) {
      for (let left = count; left > 0; left -= 1) {
        sent += 1
        const cid = `flood-${sent}`
        socket.send(JSON.stringify({ type: 'chat', roomId: room.id, cid, message }))
      }
    },
    answered: (withinMs) => until(withinMs, () => acks + refused >= sent),
    close() {
      socket.close()
      client.close()
    },
  }
}
