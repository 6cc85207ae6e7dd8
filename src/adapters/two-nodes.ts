import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { startRedis, type TestRedis } from './redis-testing.ts'
import { startOnBun, type WireServer } from './testing.ts'

/** Two Parleys on one Postgres and one Redis, and an address that leads to one or the other in turn. */
export interface TwoNodes extends WireServer {
  nodes: [WireServer, WireServer]
  redis: TestRedis
}

export async function startTwoNodes(settings: Record<string, string> = {}): Promise<TwoNodes> {
  const redis = await startRedis()
  const shared = { ...settings, REDIS_URL: redis.url }
  const first = await startOnBun(shared)
  const second = await startOnBun({ ...shared, DATABASE_URL: first.databaseUrl })
  const nodes: [WireServer, WireServer] = [first, second]
  const balancer = await balance(nodes.map(({ url }) => Number(new URL(url).port)))
  return {
    nodes,
    redis,
    url: balancer.url,
    log: () => nodes.map((node) => node.log()).join(''),
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()))
      balancer.close()
      await redis.stop()
    },
  }
}

/** Leads each connection to the next port. */
const balance = async (ports: number[]): Promise<{ url: string; close: () => void }> => {
  const sockets = new Set<Socket>()
  let turn = 0
  const server: Server = createServer((near) => {
    turn += 1
    const far = connect(ports[turn % ports.length] ?? 0, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.pipe(other)
      // Whichever end goes, the other goes too; its own `close` says what became of it.
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Listening on TCP, so this is no pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
