import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startOnWorkerd, type EdgeServer } from '../../src/adapters/edge-testing.ts'
import { choose, drawn, picture, uploaded } from './files-scene.ts'
import { png } from './sample-files.ts'
import { composer, openRoom, orderOf, say, seen } from './talk.ts'
import { makeRoom, openWorldOn, type Person, type World } from './world.ts'

let world: World<EdgeServer & { origin: string }>
let ada: Person
let grace: Person

const startEdge = async () => {
  const server = await startOnWorkerd()
  return { ...server, origin: server.url }
}

beforeAll(async () => {
  world = await openWorldOn(startEdge())
  ada = await world.member('Ada')
  grace = await world.member('Grace')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const everyoneSees = async (texts: string[]): Promise<void> => {
  for (const { page } of [ada, grace]) {
    for (const text of texts) await seen(page, text)
    expect(await orderOf(page, texts)).toEqual(texts)
  }
}

test('two people meet in a room, talk, and share a picture, which a reload brings again', async () => {
  const { page } = ada
  await page.getByRole('button', { name: 'Create a room' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('edge')
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await page.getByRole('heading', { level: 1, name: 'edge' }).waitFor()
  await grace.page.goto('/r/edge')
  await grace.page.getByRole('button', { name: /^Join/ }).first().click()
  await composer(grace.page).waitFor()

  await say(page, 'Is anybody out here?')
  await seen(grace.page, 'Is anybody out here?')
  await say(grace.page, 'At the very edge')
  await composer(grace.page).pressSequentially('An')
  await page.getByText('Grace is typing').waitFor()
  await composer(grace.page).fill('')

  await choose(page, [png('horizon.png', 1_200, 500, [70, 120, 190])])
  await uploaded(page, ['horizon.png'])
  await say(page, 'The view from here')
  await everyoneSees(['Is anybody out here?', 'At the very edge', 'The view from here'])
  expect(await drawn(picture(grace.page, 'horizon.png'))).toBe(720)

  for (const person of [ada, grace]) await person.page.reload()
  await everyoneSees(['Is anybody out here?', 'At the very edge', 'The view from here'])
  expect(await drawn(picture(ada.page, 'horizon.png'))).toBe(720)
})

test('the object rests, and wakes by the next message, which arrives without a reload', async () => {
  await makeRoom(ada, 'quiet', [grace])
  for (const { page } of [ada, grace]) await openRoom(page, 'quiet')
  await say(ada.page, 'Good night')
  await seen(grace.page, 'Good night')
  const stays = await grace.page.evaluateHandle(() => document.querySelector('.room'))
  const rests = world.server.log().split('the object rests').length
  await world.server.logged('the object rests', rests)
  await say(ada.page, 'Good morning')
  await seen(grace.page, 'Good morning')
  await say(grace.page, 'Slept well')
  await everyoneSees(['Good night', 'Good morning', 'Slept well'])
  expect(await stays.evaluate((room) => room?.isConnected)).toBe(true)
})

test('workerd is killed while a message is written: it is sent, once, in order, when it is back', async () => {
  for (const person of [ada, grace]) person.problems.expect(/ERR_|WebSocket connection|50[023]/)
  await makeRoom(ada, 'storm', [grace])
  for (const { page } of [ada, grace]) await openRoom(page, 'storm')
  await say(ada.page, 'calm')
  await seen(grace.page, 'calm')
  await say(ada.page, 'wind')
  await composer(ada.page).pressSequentially('ra')
  await world.server.kill()
  await composer(ada.page).pressSequentially('in')
  await composer(ada.page).press('Enter')
  await say(ada.page, 'thunder')
  await ada.page.getByText('Connection lost.').waitFor()
  await world.server.start()
  await ada.page.getByText('Connection lost.').waitFor({ state: 'detached' })
  await seen(grace.page, 'thunder')
  await say(grace.page, 'sunshine')
  await everyoneSees(['calm', 'wind', 'rain', 'thunder', 'sunshine'])
  await ada.page.reload()
  await everyoneSees(['calm', 'wind', 'rain', 'thunder', 'sunshine'])
})
