import { afterAll, describe, expect, test } from 'bun:test'
import { createTurns } from '../src/auth/turns.ts'
import { closeArenas } from './arena.ts'
import { benches } from './benches/index.ts'
import { type ContestantName, contestantNames, nodePath } from './contestants.ts'
import { aimText, type Figure, formatNumber, standingOf } from './figures.ts'
import { diskLine, watchHost } from './host.ts'
import { dialects } from './load/dialects.ts'
import { Samples } from './load/samples.ts'
import { encodeFrame, FrameReader } from './load/ws-frames.ts'
import { replaceMeasured } from './readme.ts'
import { quantile } from './report.ts'
import { markdownTable } from './table.ts'

describe('arithmetic', () => {
  test('quantiles are values that were measured', () => {
    const samples = new Samples()
    const values = Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 5_000)
    for (const value of values) samples.add(value)
    expect(samples.count).toBe(5_000)
    expect(samples.middleAndTail()).toEqual({ p50Ms: 2_500, p99Ms: 4_950 })
    expect(quantile(values, 0.99)).toBe(4_950)
    expect(quantile([3, 1, 2], 0.5)).toBe(2)
    expect(new Samples().middleAndTail()).toEqual({ p50Ms: null, p99Ms: null })
  })

  test('what the machine did meanwhile is told in a line each', async () => {
    const host = watchHost()
    expect(await diskLine(0.05)).toMatch(/p50 \d+\.\d\d ms, p99 \d+\.\d\d, the slowest/)
    expect(host.end()).toMatch(/^The host took \d+\.\d %|not told here/)
  })

  const figure: Figure = {
    what: 'x',
    // The machine was twice as fast in the second round.
    rounds: { parley: [60, 160, 70], bare: [100, 200, 100], express: [6, 16, 7] },
  }

  test('a ratio is the median of the ratios of each round, not the ratio of the medians', () => {
    const { values, ratios } = standingOf(figure)
    expect(values).toEqual({ parley: 70, bare: 100, express: 7 })
    expect(ratios).toEqual({ bare: 0.7, express: 10 })
  })

  test('an aim is held to the value, the ratio to bare, or the difference to bare', () => {
    const isReached = (aim: Figure['aim']) => standingOf({ ...figure, aim: aim! }).isReached
    expect(standingOf(figure).isReached).toBeNull()
    expect(isReached({ of: 'ratio', atLeast: 0.7 })).toBe(true)
    expect(isReached({ of: 'ratio', atLeast: 0.71 })).toBe(false)
    expect(isReached({ of: 'value', atMost: 70 })).toBe(true)
    expect(isReached({ of: 'value', atLeast: 71 })).toBe(false)
    expect(isReached({ of: 'difference', atMost: -40 })).toBe(true)
    expect(isReached({ of: 'difference', atMost: -41 })).toBe(false)
    const alone = { what: 'x', rounds: { parley: [1] } }
    // What was not measured is not reached.
    expect(standingOf({ ...alone, aim: { of: 'ratio', atLeast: 0 } }).isReached).toBe(false)
  })

  test('numbers and aims read as people write them', () => {
    expect([0.71234, 7.125, 71.25, 712.5, 7_125, 1_234_567].map(formatNumber)).toEqual([
      '0.712',
      '7.13',
      '71.3',
      '713',
      '7,130',
      '1,230,000',
    ])
    expect(aimText({ of: 'ratio', atLeast: 0.7 })).toBe('≥ 0.7 × bare')
    expect(aimText({ of: 'difference', atMost: 3 })).toBe('≤ 3 over bare')
    expect(aimText({ of: 'value', atMost: 0 })).toBe('none')
  })

  test('the table says what was reached, what fell short, and who was not run', () => {
    const standings = [
      standingOf({
        what: 'chats/s',
        rounds: { parley: [7_000], bare: [10_000] },
        aim: { of: 'ratio', atLeast: 0.7 },
        saturated: ['bare'],
      }),
      standingOf({ what: 'lost', rounds: { parley: [1] }, aim: { of: 'value', atMost: 0 } }),
    ]
    const entered = ['parley', 'bare', 'express'] as const
    const cells = markdownTable([{ bench: 'x', entered, standings }])
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
    expect(cells[2]?.slice(1, 6)).toEqual(['chats/s', '7,000', '10,000 †', 'not run', ''])
    expect(cells[2]?.slice(6, -1)).toEqual(['0.7', '', '', '≥ 0.7 × bare', 'ok'])
    expect(cells[3]?.slice(6, -1)).toEqual(['', '', '', 'none', 'short'])
    expect(cells.at(-1)?.[0]).toContain('†')
  })

  test('what was measured replaces what was measured before, and nothing else', () => {
    const marks = [
      '<!-- what `bun run bench --write` measured -->',
      '<!-- end of what it measured -->',
    ]
    const page = `before\n${marks[0]}\n\nold\n\n${marks[1]}\nafter\n`
    expect(replaceMeasured(page, 'new')).toBe(page.replace('old', 'new'))
    expect(() => replaceMeasured('before', 'new')).toThrow('marks')
  })
})

describe('frames', () => {
  const server = (text: string): Buffer => {
    // A client's frame without the mask, which is zero.
    const masked = encodeFrame(text)
    const head = text.length < 126 ? 2 : 4
    const frame = Buffer.concat([masked.subarray(0, head), masked.subarray(head + 4)])
    frame[1] = (frame[1] ?? 0) & 0x7f
    return frame
  }

  test('frames are found wherever the stream is cut', () => {
    const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(6_000), 'e']
    const stream = Buffer.concat(texts.map(server))
    for (const size of [1, 2, 3, 127, 4_096, stream.length]) {
      const reader = new FrameReader()
      const found: string[] = []
      for (let at = 0; at < stream.length; at += size) {
        reader.read(stream.subarray(at, at + size), (bytes, start, end) =>
          found.push(Buffer.from(bytes.subarray(start, end)).toString()),
        )
      }
      expect(found).toEqual(texts)
    }
  })

  test('a frame too large to be of interest is passed over', () => {
    const large = Buffer.alloc(10 + 200_000)
    large.set([0x81, 127])
    large.writeUInt32BE(200_000, 6)
    const stream = Buffer.concat([server('a'), large, server('b')])
    const reader = new FrameReader()
    const found: string[] = []
    for (let at = 0; at < stream.length; at += 65_536) {
      reader.read(stream.subarray(at, at + 65_536), (bytes, start, end) =>
        found.push(Buffer.from(bytes.subarray(start, end)).toString()),
      )
    }
    expect(found).toEqual(['a', 'b'])
  })

  test('each dialect tells its frames apart and knows where a chat has its seq', () => {
    const chat = { id: crypto.randomUUID(), roomId: crypto.randomUUID(), seq: 4711 }
    const kinds = (name: keyof typeof dialects, texts: string[]) =>
      texts.map((text) => dialects[name].kindOf(Buffer.from(text), 0, text.length))
    const frames = ['hello', 'joined', 'ack', 'chat', 'chat_updated', 'typing', 'token_expiring']
    expect(
      kinds(
        'frames',
        frames.map((type) => JSON.stringify({ type })),
      ),
    ).toEqual(['hello', 'joined', 'ack', 'chat', 'other', 'typing', 'other'])
    expect(
      kinds('socketIo', ['0{}', '2', '40{}', '430[{}]', '42["chat",{}]', '42["joined"]', '44{}']),
    ).toEqual(['open', 'ping', 'hello', 'ack', 'chat', 'joined', 'error'])
    expect(JSON.stringify({ type: 'chat', chat }).slice(dialects.frames.seqAt)).toBe('4711}}')
    expect(`42${JSON.stringify(['chat', chat])}`.slice(dialects.socketIo.seqAt)).toBe('4711}]')
  })
})

describe('each bench runs', () => {
  afterAll(closeArenas)
  // Each starts four servers; a small machine takes a few of them at a time.
  const inTurn = createTurns({ atOnce: 3, waiting: benches.length })

  test.concurrent.each(benches.map((bench) => [bench.name, bench] as const))(
    '%s',
    async (name, { entered, run }) => {
      // All four once, and in what only the common stack stores.
      const isFull = name === 'fan-out' || name === 'durable'
      const among: readonly ContestantName[] = isFull ? contestantNames : ['parley', 'bare']
      const options = { rounds: 1, seconds: 0.3, isShort: true, among, say: () => {} }
      const figures = await inTurn(() => run(options))
      const hasNode = nodePath() !== null
      const expected = entered
        .filter((one) => options.among.includes(one))
        .filter((one) => hasNode || one === 'parley' || one === 'bare')
      expect(new Set(figures.flatMap(({ rounds }) => Object.keys(rounds)))).toEqual(
        new Set(expected),
      )
      for (const figure of figures) {
        // Elsewhere the system does not say what a process uses.
        if (process.platform !== 'linux' && !figure.rounds.parley) continue
        expect(figure.rounds.parley?.length, figure.what).toBe(1)
        // Nothing is lost, refused or out of order at any size.
        if (figure.aim?.atMost === 0) expect(figure.rounds.parley, figure.what).toEqual([0])
      }
    },
    120_000,
  )
})
