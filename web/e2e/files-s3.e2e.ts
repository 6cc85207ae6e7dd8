// oxlint-disable-next-line typescript/triple-slash-reference -- what declares s3rver stands outside this project
/// <reference path="../../src/adapters/s3rver.d.ts" />
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startS3, type TestS3 } from '../../src/adapters/s3-testing.ts'
import { pdf, png } from './sample-files.ts'
import { composer, openRoom, row } from './talk.ts'
import { makeRoom, openWorld, type World } from './world.ts'

let s3: TestS3
let world: World

beforeAll(async () => {
  s3 = await startS3()
  world = await openWorld(s3.settings)
})
afterAll(async () => {
  await world.close()
  await s3.stop()
  world.expectNoProblems()
})

test('with a store of files at another address, pictures are shown from there and files are saved', async () => {
  const ada = await world.member('Ada')
  const bob = await world.member('Bob')
  await makeRoom(ada, 'store', [bob])
  await openRoom(ada.page, 'store')
  await openRoom(bob.page, 'store')
  const samples = [png('red.png', 640, 400, [200, 60, 40]), pdf('plan.pdf')]
  await ada.page.locator('.composer input[type=file]').setInputFiles(samples)
  await ada.page.getByRole('button', { name: 'Remove red.png' }).waitFor()
  await ada.page.getByRole('button', { name: 'Remove plan.pdf' }).waitFor()
  await composer(ada.page).fill('From the store')
  const fromStore = bob.page.waitForResponse((answer) =>
    answer.url().startsWith(s3.settings['S3_ENDPOINT'] ?? 'nowhere'),
  )
  await composer(ada.page).press('Enter')

  const picture = row(bob.page, 'From the store').getByAltText('red.png')
  await picture.waitFor()
  expect(
    await picture.evaluate(async (image) => {
      // The locator says what it is.
      const shown = image as HTMLImageElement
      await shown.decode()
      return shown.naturalWidth
    }),
  ).toBe(640)
  expect((await fromStore).status()).toBe(200)
  const [download] = await Promise.all([
    bob.page.waitForEvent('download'),
    bob.page.getByRole('link', { name: 'Download plan.pdf' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('plan.pdf')
  expect(await Bun.file(await download.path()).text()).toStartWith('%PDF-1.4')
})
