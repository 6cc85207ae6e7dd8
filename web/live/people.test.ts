import { expect, test } from 'bun:test'
import { createPeople } from './people.ts'
import { ada } from './testing.ts'

test('a new name and a new picture replace the old, and a picture that was taken off is gone', () => {
  const people = createPeople()
  people.learn([ada])
  people.learn([{ ...ada, name: 'Ada L', avatarId: 'picture' }])
  expect(people.get('ada')).toEqual({ ...ada, name: 'Ada L', avatarId: 'picture' })
  expect(people.byHandle('ADA')?.avatarId).toBe('picture')
  people.learn([ada])
  expect(people.get('ada')?.avatarId).toBeUndefined()
})
