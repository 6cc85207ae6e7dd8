import { afterAll, beforeAll, describe } from 'bun:test'
import type { StartWire } from './testing.ts'
import { chatsSuite } from './wire-chats-suite.ts'
import { connectingSuite } from './wire-connecting-suite.ts'
import { drainSuite, newsSuite } from './wire-news-suite.ts'
import { WireScene } from './wire-scene.ts'
import { talkSuite } from './wire-talk-suite.ts'

/**
 * What holds on the wire of every runtime. Rules are those of src/protocol/README.md. Where `drains` is
 * false nothing tells the server that it shall end.
 */
export function wireSuite(
  runtime: string,
  start: StartWire,
  { drains = true }: { drains?: boolean } = {},
): void {
  describe(`the wire on ${runtime}`, () => {
    const scene = new WireScene()
    // A runtime may have to be built and started first.
    beforeAll(async () => scene.set(await start()), 60_000)
    afterAll(() => scene.server.stop())
    connectingSuite(scene)
    chatsSuite(scene)
    newsSuite(scene)
    talkSuite(scene)
    if (drains) drainSuite(start)
  })
}
