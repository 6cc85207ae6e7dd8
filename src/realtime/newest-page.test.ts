import { expect, test } from 'bun:test'
import { HubStage, id, person } from './testing.ts'

const stageWithRoom = async () => {
  const stage = new HubStage()
  const room = stage.room(1, 10, 11)
  await stage.hub.post({ sender: person(10), roomId: room, message: 'hello' })
  // A first look shows that the node is alone on its database.
  await stage.pass(500)
  return { stage, room }
}

const remove = (stage: HubStage, room: string, n: number) =>
  stage.hub.changeRoom({
    roomId: room,
    actor: person(10),
    change: { type: 'remove', userId: id(n) },
  })

test('whoever was found to be in the room gets its newest page from memory', async () => {
  const { stage, room } = await stageWithRoom()
  expect(stage.hub.pageFor(room, id(11))).toBeNull()
  const page = await stage.hub.newestPage(room, 1, id(11))
  expect(stage.hub.pageFor(room, id(11))).toBe(page)
  expect(stage.hub.pageFor(room, id(10))).toBeNull()
  await stage.hub.post({ sender: person(10), roomId: room, message: 'and more' })
  expect(stage.hub.pageFor(room, id(11))?.text).toContain('and more')
})

test('security 24: whoever was removed gets nothing from memory', async () => {
  const { stage, room } = await stageWithRoom()
  await stage.hub.newestPage(room, 1, id(11))
  await remove(stage, room, 11)
  expect(stage.hub.pageFor(room, id(11))).toBeNull()
})

test('security 24: a right that was looked up before a removal is not remembered after it', async () => {
  const { stage, room } = await stageWithRoom()
  await stage.hub.newestPage(room, 1, id(10))
  await remove(stage, room, 11)
  // The request of the removed one found them in the room at rev 1, and comes to its page now.
  await stage.hub.newestPage(room, 1, id(11))
  expect(stage.hub.pageFor(room, id(11))).toBeNull()
})

test('with another node on the database nothing is answered from memory alone', async () => {
  const { stage, room } = await stageWithRoom()
  await stage.hub.newestPage(room, 1, id(11))
  stage.hasPeers = true
  await stage.pass(2_000)
  expect(stage.hub.pageFor(room, id(11))).toBeNull()
})
