import { expect, test } from 'bun:test'
import { deviceName } from './device-name.ts'

test('a browser is named before those it pretends to be', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0'
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0'
  expect(deviceName(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
  expect(deviceName(iphone)).toEqual({ browser: 'Safari', system: 'iOS' })
  expect(deviceName(firefox)).toEqual({ browser: 'Firefox', system: 'Linux' })
})

test('what says nothing is not guessed', () => {
  expect(deviceName('')).toBeNull()
  expect(deviceName('wget/1.2')).toBeNull()
})
