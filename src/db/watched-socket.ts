import { connect, type Socket } from 'node:net'

/** What the client of Postgres knows when it asks for a socket. */
export interface SocketTarget {
  /** Of a Unix socket; else host and port. */
  path?: string | undefined
  host: string[]
  port: number[]
}

interface Watched {
  wroteAtMs: number
  readAtMs: number
}

const lookEachMs = 1_000

/**
 * Makes sockets to Postgres, and destroys one that was written to and has not answered for
 * `silenceMs`: the client then says what it says of any lost connection, and connects anew. Where a
 * router or a firewall forgot a connection, nobody would else ever tell (half-open).
 */
export function createSocketWatch(silenceMs: number) {
  const watched = new Map<Socket, Watched>()
  let tries = 0
  let timer: ReturnType<typeof setInterval> | null = null

  const look = (): void => {
    const nowMs = performance.now()
    for (const [socket, { wroteAtMs, readAtMs }] of watched) {
      const isOverdue = readAtMs < wroteAtMs && nowMs - wroteAtMs >= silenceMs
      if (isOverdue) socket.destroy()
      if (socket.destroyed) watched.delete(socket)
    }
    if (watched.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }

  return {
    open({ path, host, port }: SocketTarget): Socket {
      // Of several hosts each try takes the next one.
      const at = tries % Math.max(1, port.length)
      tries += 1
      const socket = path ? connect(path) : connect(port[at] ?? 5432, host[at] ?? 'localhost')
      const times: Watched = { wroteAtMs: 0, readAtMs: 0 }
      watched.set(socket, times)
      const write = socket.write.bind(socket)
      // Whatever the form of the call, it is handed on as it came.
      socket.write = ((...args: Parameters<Socket['write']>) => {
        times.wroteAtMs = performance.now()
        return write(...args)
      }) as Socket['write']
      socket.on('data', () => {
        times.readAtMs = performance.now()
      })
      timer ??= setInterval(look, lookEachMs)
      timer.unref()
      return socket
    },
  }
}
