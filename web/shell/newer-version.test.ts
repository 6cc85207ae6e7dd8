import { expect, test } from 'bun:test'
import { isOutOfDate, startScriptOf } from './newer-version.ts'

const page = (script: string) =>
  `<html><head><script type="module" crossorigin src="${script}"></script></head></html>`

test('the start script is found in what the build writes', () => {
  expect(startScriptOf(page('/assets/index-abc.js'))).toBe('/assets/index-abc.js')
  expect(startScriptOf('<html></html>')).toBeUndefined()
})

test('another script is another version; no answer and no script are not', async () => {
  const asks = (html: string) => isOutOfDate('/a.js', () => Promise.resolve(html))
  expect(await asks(page('/b.js'))).toBe(true)
  expect(await asks(page('/a.js'))).toBe(false)
  expect(await asks('Bad gateway')).toBe(false)
  expect(await isOutOfDate('/a.js', () => Promise.reject(new Error('offline')))).toBe(false)
  expect(await isOutOfDate(undefined, () => Promise.resolve(page('/b.js')))).toBe(false)
})
