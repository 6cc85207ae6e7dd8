import { expect, jest, test } from 'bun:test'
import type { ClientFrame, ServerFrame } from '../../src/protocol/frames.ts'
import { makeSocket, type WebSocketLike } from './socket.ts'
import type { LineStatus } from './types.ts'

const hello = { type: 'hello', v: 1, epoch: 'e', sessionId: 's', heartbeatMs: 25_000 } as const

class Wire extends EventTarget implements WebSocketLike {
  sent: ClientFrame[] = []
  isClosed = false
  send(data: string): void {
    this.sent.push(JSON.parse(data))
  }
  close(): void {
    this.isClosed = true
  }
  opens(): void {
    this.dispatchEvent(new Event('open'))
  }
  says(frame: { type: ServerFrame['type']; [key: string]: unknown }): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
  closes(code: number): void {
    this.dispatchEvent(new CloseEvent('close', { code }))
  }
}

async function withLine(body: (line: ReturnType<typeof open>) => Promise<void>): Promise<void> {
  jest.useFakeTimers()
  try {
    const line = open()
    await settle()
    await body(line)
    line.socket.dispose()
  } finally {
    jest.useRealTimers()
  }
}

/** Lets promises that are already settled run on. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

function open() {
  const wires: Wire[] = []
  const statuses: LineStatus[] = []
  const forced: boolean[] = []
  let ended = 0
  let lost = 0
  const socket = makeSocket({
    openWebSocket: () => {
      const wire = new Wire()
      wires.push(wire)
      return wire
    },
    token: (force) => {
      forced.push(force)
      return Promise.resolve('token')
    },
    onFrame: () => {},
    onStatus: (status) => void statuses.push(status),
    onLost: () => (lost += 1),
    onEnded: () => (ended += 1),
    random: () => 1,
  })
  const wire = (): Wire => {
    const last = wires.at(-1)
    if (!last) throw new Error('no socket was opened')
    return last
  }
  const greet = (): void => {
    wire().opens()
    wire().says(hello)
  }
  return { socket, wires, wire, greet, statuses, forced, ended: () => ended, lost: () => lost }
}

test('the first frame is auth, and hello makes the line good', () =>
  withLine(async ({ wire, greet, statuses, socket }) => {
    expect(socket.send({ type: 'ping' })).toBe(false)
    greet()
    expect(wire().sent).toEqual([{ type: 'auth', token: 'token' }])
    expect(statuses.map(({ state }) => state)).toEqual(['connecting', 'online'])
    expect(socket.send({ type: 'ping' })).toBe(true)
  }))

test('a lost line comes back with longer and longer waits, and a try now does not wait', () =>
  withLine(async ({ wires, wire, statuses, socket, lost }) => {
    wire().closes(1006)
    expect(statuses.at(-1)?.state).toBe('waiting')
    jest.advanceTimersByTime(499)
    await settle()
    expect(wires).toHaveLength(1)
    jest.advanceTimersByTime(1)
    await settle()
    expect(wires).toHaveLength(2)
    wire().closes(1006)
    jest.advanceTimersByTime(999)
    await settle()
    expect(wires).toHaveLength(2)
    socket.tryNow()
    await settle()
    expect(wires).toHaveLength(3)
    expect(lost()).toBe(2)
  }))

test('a ping without an answer within 10 s ends the line at once', () =>
  withLine(async ({ wire, greet, statuses }) => {
    greet()
    const first = wire()
    jest.advanceTimersByTime(25_000)
    expect(first.sent.at(-1)).toEqual({ type: 'ping' })
    jest.advanceTimersByTime(9_999)
    expect(statuses.at(-1)?.state).toBe('online')
    jest.advanceTimersByTime(1)
    expect(first.isClosed).toBe(true)
    expect(statuses.at(-1)?.state).toBe('waiting')
  }))

test('security 10: a token about to end is renewed in place', () =>
  withLine(async ({ wire, greet, forced }) => {
    greet()
    wire().says({ type: 'token_expiring' })
    await settle()
    expect(forced).toEqual([false, true])
    expect(wire().sent.at(-1)).toEqual({ type: 'auth', token: 'token' })
  }))

test('4005 comes back with a new token; 4006 and 4004 end the session; 4011 stops', async () => {
  await withLine(async ({ wire, greet, forced }) => {
    greet()
    wire().closes(4005)
    jest.advanceTimersByTime(500)
    await settle()
    expect(forced).toEqual([false, true])
  })
  for (const code of [4004, 4006]) {
    await withLine(async ({ wire, greet, ended, wires }) => {
      greet()
      wire().closes(code)
      jest.advanceTimersByTime(60_000)
      await settle()
      expect(ended()).toBe(1)
      expect(wires).toHaveLength(1)
    })
  }
  await withLine(async ({ wire, greet, statuses }) => {
    greet()
    wire().closes(4011)
    expect(statuses.at(-1)).toMatchObject({ state: 'stopped', why: 'too_many' })
  })
})

test('after a drain the client stays away for as long as it was asked to', () =>
  withLine(async ({ wire, wires, greet }) => {
    greet()
    wire().says({ type: 'drain', delayMs: 2_000 })
    wire().closes(1012)
    jest.advanceTimersByTime(2_499)
    await settle()
    expect(wires).toHaveLength(1)
    jest.advanceTimersByTime(1)
    await settle()
    expect(wires).toHaveLength(2)
  }))
