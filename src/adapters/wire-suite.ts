import { afterAll, beforeAll, describe } from 'bun:test'
import type { StartWire } from './testing.ts'
import { chatsSuite } from './wire-chats-suite.ts'
import { connectingSuite } from './wire-connecting-suite.ts'
import { newsSuite } from './wire-news-suite.ts'
import { WireScene } from './wire-scene.ts'
import { talkSuite } from './wire-talk-suite.ts'

/** What holds on the wire of every runtime. Rules are those of src/protocol/README.md. */
export function wireSuite(runtime: string, start: StartWire): void {
  describe(`the wire on ${runtime}`, () => {
    const scene = new WireScene()
    beforeAll(async () => scene.set(await start()))
    afterAll(() => scene.server.stop())
    connectingSuite(scene)
    chatsSuite(scene)
    newsSuite(scene, start)
    talkSuite(scene)
  })
}
