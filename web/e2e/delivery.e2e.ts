import { afterAll, beforeAll, expect, test } from 'bun:test'
import { openRoom, orderOf, rows, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('CH3: a reload in the middle of a send leaves the chat there once', async () => {
  await makeRoom(ada, 'quay', [grace])
  await openRoom(ada.page, 'quay')
  await openRoom(grace.page, 'quay')
  await say(ada.page, 'first')
  await seen(grace.page, 'first')

  world.server.pause()
  await say(ada.page, 'second')
  await say(ada.page, 'third')
  // Both are on their way and unanswered: the reload asks a server that stands still.
  await rows(ada.page).filter({ hasText: 'third' }).waitFor()
  const reloaded = ada.page.reload()
  world.server.goOn()
  await reloaded

  const texts = ['first', 'second', 'third']
  for (const { page } of [ada, grace]) {
    for (const text of texts) await seen(page, text)
    expect(await orderOf(page, texts)).toEqual(texts)
  }
  await ada.page.reload()
  for (const text of texts) await seen(ada.page, text)
})

test('three tabs of one person send at once, and all end with the same list in the same order', async () => {
  await makeRoom(ada, 'crossing', [grace])
  await openRoom(grace.page, 'crossing')
  await openRoom(ada.page, 'crossing')
  const tabs = [ada.page, await ada.newTab('/r/crossing'), await ada.newTab('/r/crossing')]
  const texts = tabs.map((_, tab) => [1, 2, 3, 4, 5].map((nth) => `tab ${tab} says ${nth}.`))
  await Promise.all(
    tabs.map(async (page, tab) => {
      for (const text of texts[tab] ?? []) await say(page, text)
    }),
  )
  const all = texts.flat()
  const lists = await Promise.all(
    [...tabs, grace.page].map(async (page) => {
      for (const text of all) await seen(page, text)
      return orderOf(page, all)
    }),
  )
  const [list = []] = lists
  expect(list.toSorted()).toEqual(all.toSorted())
  for (const other of lists) expect(other).toEqual(list)
  // And of each tab what it sent is in the order it was sent.
  for (const own of texts) expect(list.filter((text) => own.includes(text))).toEqual(own)
})
