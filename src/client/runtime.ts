/** What the client needs from where it runs. Tests pass their own. */
export interface Runtime {
  /** Milliseconds since 1970. */
  clock: () => number
  /** In [0, 1). */
  random: () => number
  /** Runs once after `ms`, unless the returned function is called before. */
  timer: (ms: number, run: () => void) => () => void
}

export const webRuntime: Runtime = {
  clock: () => Date.now(),
  random: () => Math.random(),
  timer: (ms, run) => {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
}

export interface OpenedSocket {
  send: (text: string) => void
  close: () => void
}

export interface SocketEvents {
  opened: () => void
  received: (text: string) => void
  /** Once, also when it never opened. */
  closed: (code: number, reason: string) => void
}

export type OpenSocket = (url: string, events: SocketEvents) => OpenedSocket

/** The WebSocket that browsers, Bun, Deno, Workers and Node have. */
export const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => events.opened())
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') events.received(data)
  })
  // An error is always followed by a close.
  socket.addEventListener('close', ({ code, reason }) => events.closed(code, reason))
  return { send: (text) => socket.send(text), close: () => socket.close() }
}
