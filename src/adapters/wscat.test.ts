import { afterAll, beforeAll, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import { request, startOnBun, type WireServer } from './testing.ts'

const wscat = fileURLToPath(new URL('../../node_modules/wscat/bin/wscat', import.meta.url))
const specification = Bun.file(new URL('../protocol/README.md', import.meta.url))

let server: WireServer

beforeAll(async () => {
  server = await startOnBun()
})
afterAll(() => server.stop())

type Frame = Record<string, unknown>

interface Line {
  isTyped: boolean
  text: string
}

/** The fenced `wscat` block of the specification. */
async function readTranscript(roomId: string): Promise<Line[]> {
  const block = /^```wscat\n(.*?)^```$/ms.exec(await specification.text())?.[1] ?? ''
  return block
    .trim()
    .split('\n')
    .map((line) => ({
      isTyped: line.startsWith('> '),
      text: line.slice(2).replaceAll('$ROOM', roomId),
    }))
}

/** `actual` with whatever `expected` leaves open, written as "…", left open too. */
function leaveOpen(actual: unknown, expected: unknown): unknown {
  if (expected === '…') return actual === undefined ? undefined : '…'
  if (typeof actual !== 'object' || typeof expected !== 'object' || !actual || !expected) {
    return actual
  }
  const open = new Map(Object.entries(expected))
  const entries = Object.entries(actual).map(([key, value]) => [
    key,
    leaveOpen(value, open.get(key)),
  ])
  return Array.isArray(actual) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

/** The real wscat, typed into line by line. What it prints comes back frame by frame. */
function openWscat(token: string) {
  const authorization = `Authorization: Bearer ${token}`
  const address = `${server.url.replace('http', 'ws')}/ws`
  const child = Bun.spawn([process.execPath, '--bun', wscat, '-H', authorization, '-c', address], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  async function* frames(): AsyncGenerator<Frame, never> {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const bytes of child.stdout) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      // Behind the prompt of wscat each line is a frame of the server: an object.
      for (const line of lines) yield JSON.parse(line.replace(/^(> )+/, '')) as Frame
    }
    throw new Error(`wscat ended: ${await new Response(child.stderr).text()}`)
  }
  return {
    frames: frames(),
    type: async (line: string) => {
      await child.stdin.write(`${line}\n`)
      await child.stdin.flush()
    },
    close: async () => {
      child.kill()
      await child.exited
    },
  }
}

test('what the specification shows being typed into wscat comes back as it says', async () => {
  const account = { email: 'ada@example.com', password: 'correct horse battery' }
  const ada = await request(server.url, 'POST', '/api/auth/signup', {
    body: { ...account, name: 'Ada', handle: 'ada' },
  })
  const token = String(ada.body['accessToken'])
  const made = await request(server.url, 'POST', '/api/rooms', {
    body: { name: 'Analytical Engine', kind: 'private' },
    headers: { authorization: `Bearer ${token}` },
  })
  expect(made.status).toBe(201)
  // The shape of a 201 of this route; the lines below would not match another.
  const { id } = made.body['room'] as { id: string }
  const transcript = await readTranscript(id)
  expect(transcript.filter(({ isTyped }) => isTyped).length).toBeGreaterThan(4)

  const terminal = openWscat(token)
  for (const { isTyped, text } of transcript) {
    if (isTyped) {
      await terminal.type(text)
      continue
    }
    const expected: unknown = JSON.parse(text)
    let { value: frame } = await terminal.frames.next()
    // Presence is told when the clock says so, not in answer to a line.
    while (frame['type'] === 'presence') ({ value: frame } = await terminal.frames.next())
    expect(leaveOpen(frame, expected)).toEqual(expected)
  }
  await terminal.close()
}, 15_000)
