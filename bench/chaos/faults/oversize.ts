import { limits } from '../../../src/protocol/limits.ts'
import type { Fault } from '../fault.ts'
import { encodeFrame, opcodes, openRawSocket, upgradeLines } from '../raw-socket.ts'
import { isStillUp } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const bodyBytes = 100 * 2 ** 20
const growthMb = 20
/** At once, of each kind. */
const together = 10

export const oversize: Fault = {
  name: 'oversize',
  about: '64 KB + 1 in a frame, 70 KB in two, a body of 100 MB; 1009, 1009, 413, memory + ≤ 20 MB',
  nodes: 1,
  async run(stage) {
    const { expect, times, memory, nodes } = stage
    const [node] = nodes
    if (!node) return
    const pid = node.pid()
    const blanks = new Uint8Array(bodyBytes).fill(32)
    const over = 'x'.repeat(limits.frameBytes + 1)
    const frame = encodeFrame({ opcode: opcodes.text, payload: over })
    const parts = Buffer.concat([
      encodeFrame({ opcode: opcodes.text, payload: over.slice(0, 35_000), isFinal: false }),
      encodeFrame({ opcode: opcodes.continuation, payload: over.slice(0, 35_000) }),
    ])
    const tries: { what: string; wanted: number; ask: () => Promise<number> }[] = [
      { what: 'a frame of 64 KB + 1', wanted: 1009, ask: () => closeCodeOf(stage, frame) },
      { what: '70 KB in two parts', wanted: 1009, ask: () => closeCodeOf(stage, parts) },
      { what: 'a body of 100 MB', wanted: 413, ask: () => statusOf(stage, () => blanks) },
      { what: 'the same in chunks', wanted: 413, ask: () => statusOf(stage, inChunks) },
    ]
    const grownBytes = memory.mark()
    const wrong = new Map<string, number>()
    for (let round = times(10, 3, 1); round > 0; round -= 1) {
      for (const { what, wanted, ask } of tries) {
        const answers = await Promise.all(Array.from({ length: together }, ask))
        const others = answers.filter((answer) => answer !== wanted).length
        wrong.set(what, (wrong.get(what) ?? 0) + others)
        stage.trial()
      }
    }
    for (const { what, wanted } of tries) {
      expect.atMost(`${what} answered by other than ${wanted}`, wrong.get(what) ?? 0, 0)
    }
    expect.atMost('the server grew by', grownBytes() / 2 ** 20, growthMb, ' MB')
    expect.holds('the process is up', await isStillUp(node, pid))
  },
}

const closeCodeOf = async (stage: Stage, bytes: Uint8Array): Promise<number> => {
  const url = stage.urlOf(0)
  const socket = await openRawSocket(url, upgradeLines(new URL(url).host, stage.tokens[0] ?? ''))
  await socket.until(({ texts }) => texts.length > 0)
  socket.write(bytes)
  const { closeCode } = await socket.until((heard) => heard.closeCode !== null)
  socket.destroy()
  return closeCode ?? 0
}

/** 0 when the connection was gone before the answer was read. */
const statusOf = async (stage: Stage, body: () => Bun.BodyInit): Promise<number> => {
  try {
    const response = await fetch(`${stage.urlOf(0)}/api/auth/signin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body(),
    })
    return response.status
  } catch {
    return 0
  }
}

/** Of a length that is not told before. */
const inChunks = (): ReadableStream<Uint8Array> => {
  const block = new Uint8Array(64 * 1024).fill(32)
  let left = bodyBytes
  return new ReadableStream({
    pull(controller) {
      left -= block.length
      controller.enqueue(block)
      if (left <= 0) controller.close()
    },
  })
}
