import { expect, test } from 'bun:test'
import { idSchema } from '../../src/protocol/text.ts'
import { newId } from './new-id.ts'

test('ids are what the server takes for ids, and no two alike', () => {
  const made = Array.from({ length: 100 }, newId)
  for (const id of made) expect(idSchema.parse(id)).toBe(id)
  expect(new Set(made).size).toBe(100)
})
