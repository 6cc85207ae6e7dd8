import type { Fault } from '../fault.ts'
import { type Handshake, type RawCase, handshakes, rawCases } from '../raw-cases.ts'
import { type Heard, encodeFrame, opcodes, openRawSocket, upgradeLines } from '../raw-socket.ts'
import { isStillUp } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const withinMs = 3_000

export const rawFrames: Fault = {
  name: 'raw-frames',
  about: `${rawCases.length} cases of RFC 6455 and ${handshakes.length} handshakes by hand; the exact codes, the process is up`,
  nodes: 1,
  async run(stage) {
    const { expect, nodes } = stage
    const [node] = nodes
    if (!node) return
    const pid = node.pid()
    for (const each of rawCases) {
      const wrong = await tryCase(stage, each)
      if (wrong !== null) expect.holds(each.name, false, wrong)
      stage.trial()
    }
    for (const each of handshakes) {
      const wrong = await tryHandshake(stage, each)
      if (wrong !== null) expect.holds(`handshake: ${each.name}`, false, wrong)
      stage.trial()
    }
    const done = rawCases.length + handshakes.length
    expect.atLeast('cases', done, 60)
    expect.holds('the process is up', await isStillUp(node, pid))
  },
}

const stillThere = encodeFrame({ opcode: opcodes.ping, payload: 'still there' })

/** Types of what answers a frame; presence tells of itself, and comes when it comes. */
const answersIn = ({ texts }: Heard): string[] =>
  texts
    .map((text) => /^{"type":"(\w+)"/.exec(text)?.[1] ?? text)
    .filter((type) => type !== 'hello' && type !== 'presence')

/** Null when it is as it has to be, else what is wrong. */
async function tryCase(stage: Stage, each: RawCase): Promise<string | null> {
  const url = stage.urlOf(0)
  const socket = await openRawSocket(url, upgradeLines(new URL(url).host, stage.tokens[0] ?? ''))
  try {
    await socket.until(({ texts }) => texts.length > 0)
    socket.write(each.bytes)
    const isDone = (heard: Heard): boolean =>
      each.closes === null
        ? answersIn(heard).length >= each.answers.length && heard.pongs.length >= each.pongs.length
        : heard.closeCode !== null && heard.isOver
    let heard = await socket.until(isDone, withinMs)
    if (each.closes === null) {
      // It must have stayed open, and say nothing more than it should.
      socket.write(stillThere)
      const end = (now: Heard): boolean => now.pongs.at(-1) === 'still there'
      heard = await socket.until(end, withinMs)
      heard = { ...heard, pongs: heard.pongs.slice(0, -1) }
    } else if (!heard.isOver) {
      return 'the connection was not ended'
    }
    const found = { closes: heard.closeCode, answers: answersIn(heard), pongs: heard.pongs }
    const { closes, answers, pongs } = each
    return Bun.deepEquals(found, { closes, answers, pongs }) ? null : JSON.stringify(found)
  } finally {
    socket.destroy()
  }
}

async function tryHandshake(
  stage: Stage,
  { status, request, without, with: more }: Handshake,
): Promise<string | null> {
  const url = stage.urlOf(0)
  const good = upgradeLines(new URL(url).host, stage.tokens[0] ?? '')
  const kept = good.filter((line) => without === undefined || !line.startsWith(`${without}:`))
  const lines = more === undefined ? kept : [...kept, more]
  const socket = await openRawSocket(url, lines, request)
  socket.destroy()
  if (socket.status !== status) return `${socket.status}`
  // The key of RFC 6455, 1.3, and its answer.
  const isAccepted = socket.headers.includes('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
  if (status === 101 && !isAccepted) return 'another Sec-WebSocket-Accept'
  return /sec-websocket-extensions/i.test(socket.headers) ? 'an extension was agreed on' : null
}
