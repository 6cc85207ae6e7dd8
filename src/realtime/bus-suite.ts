import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Bus, BusEvent } from './bus.ts'
import { person } from './testing.ts'

export interface BusStage {
  /** An end of the bus for one more node. */
  connect: () => Bus
  /** Nothing gets through until `mend`. */
  cut: () => Promise<void>
  mend: () => Promise<void>
  close: () => Promise<void>
}

/** One end, with what it heard. */
export class BusEnd {
  readonly heard: BusEvent[] = []
  missed = 0
  readonly #bus: Bus
  #wake: (() => void)[] = []

  constructor(bus: Bus) {
    this.#bus = bus
    bus.listen({
      hear: (event) => {
        this.heard.push(event)
        for (const wake of this.#wake.splice(0)) wake()
      },
      missed: () => {
        this.missed += 1
        for (const wake of this.#wake.splice(0)) wake()
      },
    })
  }

  tell(event: BusEvent): Promise<void> {
    return this.#bus.tell(event)
  }

  async until(isSo: (end: BusEnd) => boolean): Promise<void> {
    while (!isSo(this)) await new Promise<void>((resolve) => this.#wake.push(resolve))
  }

  /** Beats until one comes back: from then on this end hears. */
  async isUp(): Promise<void> {
    const before = this.heard.length
    for (;;) {
      await this.tell(beat('probe')).catch(() => {})
      const later = new Promise<void>((resolve) => {
        setTimeout(resolve, 20)
        this.#wake.push(resolve)
      })
      await later
      if (this.heard.length > before) return
    }
  }

  from(name: string): BusEvent[] {
    return this.heard.filter(({ from }) => from === name)
  }
}

let beats = 0
const beat = (from: string): BusEvent => ({ type: 'beat', from, atMs: (beats += 1), presence: 0 })

/** What the core needs of a bus, whatever it is made of. */
export function busSuite(name: string, open: () => Promise<BusStage>): void {
  describe(`bus: ${name}`, () => {
    let stage: BusStage
    beforeAll(async () => {
      stage = await open()
    })
    afterAll(() => stage.close())

    const two = async (): Promise<[BusEnd, BusEnd]> => {
      const ends: [BusEnd, BusEnd] = [new BusEnd(stage.connect()), new BusEnd(stage.connect())]
      await Promise.all(ends.map((end) => end.isUp()))
      return ends
    }

    test('what one end tells, every end hears, its own too', async () => {
      const [one, two_] = await two()
      const event: BusEvent = { type: 'user_updated', from: 'node-1', user: person(10, 'Ada ☕') }
      await one.tell(event)
      for (const end of [one, two_]) {
        await end.until(() => end.from('node-1').length === 1)
        expect(end.from('node-1')).toEqual([event])
      }
    })

    test('each end is heard in its own order', async () => {
      const [one, two_] = await two()
      const told = Array.from({ length: 500 }, () => beat('node-2'))
      await Promise.all(told.map((event) => one.tell(event)))
      await two_.until(() => two_.from('node-2').length === 500)
      expect(two_.from('node-2')).toEqual(told)
    })

    test('a large event arrives whole', async () => {
      const [one, two_] = await two()
      const ids = Array.from({ length: 20_000 }, (_, n) => person(n).id)
      const roomId = person(1).id
      await one.tell({ type: 'room_created', from: 'node-3', roomId, userIds: ids })
      await two_.until(() => two_.from('node-3').length === 1)
      expect(two_.from('node-3')).toMatchObject([{ userIds: ids }])
    })

    test('while it is cut nothing can be told; mended, every end is told that it may have missed something, and hears again', async () => {
      const [one, two_] = await two()
      const before = [one.missed, two_.missed]
      await stage.cut()
      expect(one.tell(beat('node-4'))).rejects.toThrow()
      await stage.mend()
      await Promise.all([one.isUp(), two_.isUp()])
      expect(one.missed).toBeGreaterThan(before[0] ?? 0)
      expect(two_.missed).toBeGreaterThan(before[1] ?? 0)
      await one.tell(beat('node-5'))
      await two_.until(() => two_.from('node-5').length === 1)
      expect(two_.from('node-4')).toEqual([])
    })
  })
}
