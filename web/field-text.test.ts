import { afterEach, expect, test } from 'bun:test'
import type { z } from 'zod'
import { createRoomSchema } from '../src/protocol/rooms.ts'
import { signUpSchema, updateMeSchema } from '../src/protocol/users.ts'
import { ApiError } from './api-error.ts'
import { errorText } from './error-text.ts'
import { fieldText } from './field-text.ts'
import { speakLanguage } from './i18n/language.ts'

afterEach(() => speakLanguage('en', []))

const refused = (schema: z.ZodType, body: object): string[] =>
  (schema.safeParse(body).error?.issues ?? []).map((issue) => issue.message)

test('all that a form’s field can be refused for is said in the reader’s language', async () => {
  await speakLanguage('de', [])
  const long = 'x'.repeat(10_000)
  const messages = [
    ...[
      { email: 'x', password: 'short', name: ' ', handle: '-' },
      { email: long, password: long, name: long, handle: 'room' },
      { email: 'a@b.example', password: 'a\0aaaaaaaaaaa', name: 'a\0' },
      { email: 'a@b.example', password: 'long enough', name: 'a\u200Bb' },
    ].flatMap((body) => refused(signUpSchema, body)),
    ...refused(updateMeSchema, { name: '', handle: long }),
    ...refused(createRoomSchema, { name: '', kind: 'public', topic: long }),
  ]
  expect(messages.length).toBeGreaterThan(10)
  expect(messages.filter((message) => fieldText(message) === message)).toEqual([])
})

test('in English the server’s words stay as they are', () => {
  expect(fieldText('at most 80 characters')).toBe('at most 80 characters')
  expect(fieldText('something new')).toBe('something new')
})

test('what has no text of its own speaks English to English readers only', async () => {
  const error = new ApiError('conflict', 'It was changed meanwhile.')
  expect(errorText(error)).toBe('It was changed meanwhile.')
  await speakLanguage('de', [])
  expect(errorText(error)).toBe('Etwas ist schiefgegangen. Versuch es gleich noch einmal.')
})

test('a refusal of fields that no form shows says what is wrong with them', async () => {
  const error = new ApiError('invalid', 'Invalid body: message: must not be empty', {
    fields: [{ field: 'message', message: 'must not be empty' }],
  })
  expect(errorText(error)).toBe('Not accepted: must not be empty')
  await speakLanguage('de', [])
  expect(errorText(error)).toBe('Nicht angenommen: darf nicht leer sein')
})
