export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** Is handed one whole frame; `bytes` is only good until it returns. */
export type TakeFrame = (bytes: Uint8Array, start: number, end: number, opcode: number) => void

/** No frame that is measured is larger; what is larger (news of ten thousand people) is passed over. */
const keptMax = 64 * 1024

/**
 * Cuts what a server sends into frames, without a copy or a string for any of them: a thousand
 * readers in one process would otherwise measure this process. A frame over 64 KB is skipped.
 */
export class FrameReader {
  #rest: Uint8Array | null = null
  #skip = 0

  read(part: Uint8Array, take: TakeFrame): void {
    const bytes = this.#joined(part)
    let at = 0
    for (;;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at)
        this.#skip -= skipped
        at += skipped
      }
      const header = headerAt(bytes, at)
      if (!header) break
      const start = at + header.bytes
      const end = start + header.payload
      if (header.payload > keptMax) {
        this.#skip = header.payload
        at = start
        continue
      }
      if (end > bytes.length) break
      take(bytes, start, end, header.opcode)
      at = end
    }
    this.#rest = at < bytes.length ? bytes.slice(at) : null
  }

  #joined(part: Uint8Array): Uint8Array {
    const rest = this.#rest
    if (!rest) return part
    const joined = new Uint8Array(rest.length + part.length)
    joined.set(rest)
    joined.set(part, rest.length)
    return joined
  }
}

const headerAt = (
  bytes: Uint8Array,
  at: number,
): { bytes: number; payload: number; opcode: number } | null => {
  const first = bytes[at]
  const second = bytes[at + 1]
  if (first === undefined || second === undefined) return null
  const opcode = first & 15
  if (second < 126) return { bytes: 2, payload: second, opcode }
  if (second === 126) {
    if (at + 4 > bytes.length) return null
    return { bytes: 4, payload: ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0), opcode }
  }
  if (at + 10 > bytes.length) return null
  // The upper four bytes are zero: nobody sends 4 GB.
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  return { bytes: 10, payload: view.getUint32(6), opcode }
}

/** A client's frame, masked by zeros: the bytes stay as they are. `text` is ASCII. */
export function encodeFrame(text: string, opcode: number = opcodes.text): Buffer {
  const extended = text.length < 126 ? 0 : 2
  const frame = Buffer.allocUnsafe(6 + extended + text.length)
  frame[0] = 0x80 | opcode
  if (extended === 0) frame[1] = 0x80 | text.length
  else {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(text.length, 2)
  }
  frame.fill(0, 2 + extended, 6 + extended)
  frame.write(text, 6 + extended, 'latin1')
  return frame
}
