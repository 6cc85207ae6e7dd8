const none = new Uint8Array()

/** Reads bytes that come in pieces of any size. Whoever is done before their end has to `close` it. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Uint8Array = none

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Nothing more is wanted: a file behind it is closed. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  /** All that is here, at least `count` bytes, left to be read. @throws RangeError at the end */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#held.length < count) {
      const next = await this.#source.next()
      if (next.done) throw new RangeError('ended in the middle')
      const joined = new Uint8Array(this.#held.length + next.value.length)
      joined.set(this.#held)
      joined.set(next.value, this.#held.length)
      this.#held = joined
    }
    return this.#held
  }

  /** The next `count` bytes. @throws RangeError at the end */
  async take(count: number): Promise<Uint8Array> {
    const taken = (await this.peek(count)).subarray(0, count)
    this.#held = this.#held.subarray(count)
    return taken
  }

  async byte(): Promise<number> {
    const [byte = 0] = await this.take(1)
    return byte
  }

  /** The next `count` bytes, in pieces as they are here. @throws RangeError at the end */
  async *pass(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      const held = await this.peek(1)
      const piece = await this.take(Math.min(left, held.length))
      left -= piece.length
      yield piece
    }
  }

  /** @throws RangeError at the end */
  async skip(count: number): Promise<void> {
    for await (const _ of this.pass(count)) continue
  }
}
