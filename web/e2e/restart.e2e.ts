import { afterAll, beforeAll, expect, test } from 'bun:test'
import { openRoom, orderOf, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  for (const person of [ada, grace]) person.problems.expect(/ERR_|WebSocket connection|50[023]/)
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('what was written offline waits through a reload, and arrives once, in order', async () => {
  await makeRoom(ada, 'harbour', [grace])
  await openRoom(ada.page, 'harbour')
  await openRoom(grace.page, 'harbour')
  await say(ada.page, 'before the tunnel')
  await seen(grace.page, 'before the tunnel')

  await ada.context.setOffline(true)
  await say(ada.page, 'tunnel one')
  await say(ada.page, 'tunnel two')
  await ada.page.getByText('You are offline.').waitFor()
  await say(grace.page, 'while you were away')
  await ada.page.goto('about:blank')
  await ada.context.setOffline(false)
  await openRoom(ada.page, 'harbour')

  const texts = ['before the tunnel', 'while you were away', 'tunnel one', 'tunnel two']
  for (const person of [ada, grace]) {
    for (const text of texts) await seen(person.page, text)
    expect(await orderOf(person.page, texts)).toEqual(texts)
  }
})

test('the server is killed in the middle of a talk: everything is there, once, in order, on both', async () => {
  await makeRoom(ada, 'storm', [grace])
  await openRoom(ada.page, 'storm')
  await openRoom(grace.page, 'storm')
  await say(ada.page, 'calm')
  await seen(grace.page, 'calm')

  await say(ada.page, 'wind')
  await world.server.kill()
  await say(ada.page, 'rain')
  await say(ada.page, 'thunder')
  await ada.page.getByText('Connection lost.').waitFor()
  await world.server.start()
  await ada.page.getByText('Connection lost.').waitFor({ state: 'detached' })
  await seen(grace.page, 'thunder')
  await say(grace.page, 'sunshine')

  const texts = ['calm', 'wind', 'rain', 'thunder', 'sunshine']
  for (const person of [ada, grace]) {
    for (const text of texts) await seen(person.page, text)
    expect(await orderOf(person.page, texts)).toEqual(texts)
  }
  await ada.page.reload()
  for (const text of texts) await seen(ada.page, text)
  expect(await orderOf(ada.page, texts)).toEqual(texts)
})
