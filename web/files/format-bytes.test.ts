import { expect, test } from 'bun:test'
import { formatBytes } from './format-bytes.ts'

test('a size is told in the unit that fits it', () => {
  const told = [0, 1, 1_023, 1_024, 25 * 1_024 ** 2, 1.44 * 1_024 ** 2, 5 * 1_024 ** 3].map(
    formatBytes,
  )
  expect(told).toEqual(['0 bytes', '1 byte', '1,023 bytes', '1 kB', '25 MB', '1.4 MB', '5 GB'])
})
