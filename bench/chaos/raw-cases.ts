import { limits } from '../../src/protocol/limits.ts'
import { type RawFrame, closePayload, encodeFrame, opcodes } from './raw-socket.ts'

/** Bytes for a socket that has said who it is, and what has to come of them. */
export interface RawCase {
  name: string
  bytes: Uint8Array
  /** The code of the close frame; null where the connection stays. */
  closes: number | null
  /** Types of the frames that answer, in order. */
  answers: readonly string[]
  /** Payloads of the pongs. */
  pongs: readonly string[]
}

const { continuation, text, binary, close, ping, pong } = opcodes
/** To Parley a text as good as any. */
const hello = '{"type":"ping"}'
const bytesOf = (...frames: RawFrame[]): Buffer => Buffer.concat(frames.map(encodeFrame))
const part = (opcode: number, payload: RawFrame['payload'] = ''): RawFrame => ({
  opcode,
  payload,
  isFinal: false,
})
const whole = (opcode: number, payload: RawFrame['payload'] = ''): RawFrame => ({ opcode, payload })

const closes = (code: number, name: string, ...frames: RawFrame[]): RawCase => ({
  name,
  bytes: bytesOf(...frames),
  closes: code,
  answers: [],
  pongs: [],
})

const lives = (
  name: string,
  { answers = [], pongs = [] }: Partial<Pick<RawCase, 'answers' | 'pongs'>>,
  ...frames: RawFrame[]
): RawCase => ({ name, bytes: bytesOf(...frames), closes: null, answers, pongs })

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** 5.2: what the header may hold. */
const headers: RawCase[] = [
  closes(1002, 'a text that is not masked', { ...whole(text, hello), isMasked: false }),
  closes(1002, 'a ping that is not masked', { ...whole(ping), isMasked: false }),
  ...range(1, 7).map((reserved) =>
    closes(1002, `reserved bits ${reserved} on a text`, { ...whole(text, hello), reserved }),
  ),
  closes(1002, 'a reserved bit on a ping', { ...whole(ping), reserved: 4 }),
  ...[...range(3, 7), ...range(11, 15)].map((opcode) =>
    closes(1002, `unknown opcode ${opcode}`, whole(opcode, 'x')),
  ),
  closes(1009, 'a length of 2^63', { ...whole(text, hello), lengthBits: 64, claims: 1n << 63n }),
  closes(1009, 'a length of 2^40', { ...whole(text), claims: 1n << 40n }),
]

/** 5.4: messages in parts. */
const fragments: RawCase[] = [
  lives('a text in two parts', { answers: ['pong'] }, part(text, '{"type":'), {
    ...whole(continuation, '"ping"}'),
  }),
  lives(
    'a text byte by byte',
    { answers: ['pong'] },
    ...Array.from(hello, (char, at) => ({
      opcode: at === 0 ? text : continuation,
      payload: char,
      isFinal: at === hello.length - 1,
    })),
  ),
  lives(
    'parts that are empty',
    { answers: ['pong'] },
    part(text),
    part(continuation),
    whole(continuation, hello),
  ),
  lives(
    'a ping between two parts',
    { answers: ['pong'], pongs: ['m'] },
    part(text, '{"type":'),
    whole(ping, 'm'),
    whole(continuation, '"ping"}'),
  ),
  lives(
    'a character cut in two',
    { answers: ['pong'] },
    part(text, Buffer.from('{"type":"ping","x":"€"}').subarray(0, 21)),
    whole(continuation, Buffer.from('{"type":"ping","x":"€"}').subarray(21)),
  ),
  lives('two texts in one packet', { answers: ['pong', 'pong'] }, whole(text, hello), {
    ...whole(text, hello),
  }),
  closes(1002, 'a last part of nothing', whole(continuation, 'x')),
  closes(1002, 'a first part as a continuation', part(continuation, 'x')),
  closes(1002, 'a text within a text', part(text, '{"ty'), whole(text, hello)),
  closes(1002, 'a binary frame within a text', part(text, '{"ty'), whole(binary, 'x')),
]

/** 5.5: control frames. */
const control: RawCase[] = [
  lives('a ping', { pongs: [''] }, whole(ping)),
  lives('a ping of one byte', { pongs: ['a'] }, whole(ping, 'a')),
  lives('a ping of 125 bytes', { pongs: ['a'.repeat(125)] }, whole(ping, 'a'.repeat(125))),
  lives('three pings', { pongs: ['1', '2', '3'] }, whole(ping, '1'), whole(ping, '2'), {
    ...whole(ping, '3'),
  }),
  lives('a pong that nobody asked for', { answers: ['pong'] }, whole(pong, 'a'), {
    ...whole(text, hello),
  }),
  closes(1002, 'a ping of 126 bytes', whole(ping, 'a'.repeat(126))),
  closes(1002, 'a pong of 126 bytes', whole(pong, 'a'.repeat(126))),
  closes(1002, 'a close of 126 bytes', whole(close, closePayload(1000, 'a'.repeat(124)))),
  closes(1002, 'a ping that claims 65537 bytes', { ...whole(ping), claims: 65_537n }),
  closes(1002, 'a ping in parts', part(ping)),
  closes(1002, 'a pong in parts', part(pong)),
  closes(1002, 'a close in parts', part(close)),
]

/** 7.4: codes that an end may name, and those that it may not. */
const closing: RawCase[] = [
  closes(1005, 'a close without a code', whole(close)),
  closes(1002, 'a close of one byte', whole(close, 'x')),
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map((code) =>
    closes(code, `a close with ${code}`, whole(close, closePayload(code))),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map((code) =>
    closes(1002, `a close with ${code}`, whole(close, closePayload(code))),
  ),
  closes(1000, 'a close with 123 bytes of reason', {
    ...whole(close, closePayload(1000, 'r'.repeat(123))),
  }),
  closes(1000, 'a text behind a close', whole(close, closePayload(1000)), whole(text, hello)),
  closes(1007, 'a reason that is not UTF-8', whole(close, closePayload(1000, Buffer.of(0xff)))),
]

/** 8.1: texts are UTF-8. */
const encoding: RawCase[] = [
  ...[
    { what: 'a byte that is none', bytes: [0xff] },
    { what: 'a slash in two bytes', bytes: [0xc0, 0xaf] },
    { what: 'half a surrogate pair', bytes: [0xed, 0xa0, 0x80] },
    { what: 'a character past the last', bytes: [0xf4, 0x90, 0x80, 0x80] },
    { what: 'a continuation without a start', bytes: [0x80] },
    { what: 'a character cut off', bytes: [0x22, 0xe2, 0x82] },
  ].map(({ what, bytes }) => closes(1007, `UTF-8: ${what}`, whole(text, Buffer.from(bytes)))),
  closes(1007, 'UTF-8: a bad second part', part(text, 'ab'), whole(continuation, Buffer.of(0xff))),
  closes(
    1007,
    'UTF-8: cut off in the last part',
    part(text, Buffer.of(0xe2)),
    whole(continuation, Buffer.of(0x82)),
  ),
]

/** What is Parley's own: sizes, and frames that are no JSON text (CF1 to CF4). */
const own: RawCase[] = [
  lives('64 KB', { answers: ['error'] }, whole(text, 'x'.repeat(limits.frameBytes))),
  closes(1009, '64 KB + 1', whole(text, 'x'.repeat(limits.frameBytes + 1))),
  closes(1009, '64 KB + 1 in the header alone', {
    ...whole(text),
    claims: BigInt(limits.frameBytes + 1),
  }),
  closes(
    1009,
    '70 KB in two parts',
    part(text, 'x'.repeat(35_000)),
    whole(continuation, 'x'.repeat(35_000)),
  ),
  lives('an empty text', { answers: ['error'] }, whole(text)),
  lives('a binary frame', { answers: ['error'] }, whole(binary, hello)),
  {
    ...closes(4002, 'five binary frames', ...range(1, 5).map(() => whole(binary, 'x'))),
    answers: Array.from({ length: 5 }, () => 'error'),
  },
  {
    ...closes(4001, 'five unknown types', ...range(1, 5).map(() => whole(text, '{"type":"x"}'))),
    answers: Array.from({ length: 5 }, () => 'error'),
  },
]

export const rawCases: readonly RawCase[] = [
  ...headers,
  ...fragments,
  ...control,
  ...closing,
  ...encoding,
  ...own,
]

/** Handshakes, and the status that answers each. */
export interface Handshake {
  name: string
  status: number
  request?: string
  /** Of the good one's lines, those that start so are left out. */
  without?: string
  with?: string
}

export const handshakes: readonly Handshake[] = [
  { name: 'as it should be', status: 101 },
  { name: 'in other letters', status: 101, without: 'Upgrade', with: 'upgrade: WebSocket' },
  {
    name: 'with compression offered',
    status: 101,
    with: 'Sec-WebSocket-Extensions: permessage-deflate',
  },
  { name: 'no key', status: 400, without: 'Sec-WebSocket-Key' },
  {
    name: 'a key that is too short',
    status: 400,
    without: 'Sec-WebSocket-Key',
    with: 'Sec-WebSocket-Key: abc',
  },
  { name: 'no version', status: 426, without: 'Sec-WebSocket-Version' },
  {
    name: 'version 12',
    status: 426,
    without: 'Sec-WebSocket-Version',
    with: 'Sec-WebSocket-Version: 12',
  },
  { name: 'no upgrade', status: 400, without: 'Upgrade' },
  { name: 'an upgrade to something else', status: 400, without: 'Upgrade', with: 'Upgrade: h2c' },
  { name: 'no host', status: 400, without: 'Host' },
  { name: 'a foreign origin', status: 403, with: 'Origin: https://evil.example' },
  { name: 'as a POST', status: 405, request: 'POST /ws HTTP/1.1' },
  { name: 'elsewhere', status: 404, request: 'GET /api/ws HTTP/1.1' },
  { name: 'no request at all', status: 400, request: 'GARBAGE' },
  { name: 'a blank in a header’s name', status: 400, with: 'Bad Header : x' },
  { name: '100 KB of header', status: 431, with: `X-Long: ${'y'.repeat(100_000)}` },
]
