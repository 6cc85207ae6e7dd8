import { expect, test } from 'bun:test'
import { historyQuerySchema, postChatSchema } from './chats.ts'
import { everyoneIn, handlesIn } from './mentions.ts'
import { limits } from './limits.ts'
import { emojiSchema } from './text.ts'

test.each([
  ['@ada', ['ada']],
  ['hi @Ada, and @grace.', ['ada', 'grace']],
  ['@ada @ADA @ada', ['ada']],
  ['(@ada) "@grace": @bob!', ['ada', 'grace', 'bob']],
  ['@a.b-c_d', ['a.b-c_d']],
  ['@ada_', ['ada']],
  ['see `@ada`', ['ada']],
  ['mail ada@example.com', []],
  ['übung@ada', []],
  ['@@ada', []],
  ['@ ada', []],
  ['@-', []],
  ['', []],
])('%p speaks of %p', (message, handles) => {
  expect(handlesIn(message)).toEqual(handles)
})

test('a chat mentions fifty people at most', () => {
  const crowd = Array.from({ length: 80 }, (_, n) => `@person${n}`).join(' ')
  expect(handlesIn(crowd)).toHaveLength(50)
})

test('the longest message of nothing but @ is read in no time', () => {
  const startMs = performance.now()
  expect(handlesIn('@a'.repeat(limits.messageChars / 2))).toEqual(['a'])
  expect(handlesIn(`@${'a.'.repeat(limits.messageChars / 2)}`)).toHaveLength(1)
  expect(performance.now() - startMs).toBeLessThan(200)
})

test('a page of history is asked for by numbers in text', () => {
  expect(historyQuerySchema.parse({})).toEqual({})
  expect(historyQuerySchema.parse({ limit: '7', before: '0' })).toEqual({ limit: 7, before: 0 })
  expect(historyQuerySchema.parse({ around: '999999999999999' })).toEqual({
    around: 999_999_999_999_999,
  })
})

test.each([
  [{ limit: '0' }, 'limit'],
  [{ limit: String(limits.historyMax + 1) }, 'limit'],
  [{ limit: '1.5' }, 'limit'],
  [{ limit: '' }, 'limit'],
  [{ before: '-1' }, 'before'],
  [{ before: '1e3' }, 'before'],
  [{ after: '0x10' }, 'after'],
  [{ after: '1234567890123456' }, 'after'],
  [{ around: "1' or 1=1" }, 'around'],
  [{ before: '1', after: '2' }, ''],
  [{ before: '1', after: '2', around: '3' }, ''],
])('the history query %p is refused, and %p named', (query, field) => {
  const { error } = historyQuerySchema.safeParse(query)
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
})

test.each([
  ['', undefined, false],
  [' \n ', [], false],
  ['words', undefined, true],
  ['', ['00000000-0000-7000-8000-000000000001'], true],
])('a chat that says %j with files %j is accepted: %p', (message, fileIds, isAccepted) => {
  expect(postChatSchema.safeParse({ message, fileIds }).success).toBe(isAccepted)
})

test.each([
  ['hello @room', 'room'],
  ['@here and @Room', 'room'],
  ['(@HERE)', 'here'],
  ['mail me@room', undefined],
  ['@roommate, @here-ish', undefined],
])('%j speaks to everyone: %p', (message, everyone) => {
  expect(everyoneIn(message)).toBe(everyone as ReturnType<typeof everyoneIn>)
})

test.each([
  ['👍', true],
  ['👩‍👩‍👧', true],
  ['👍🏽', true],
  ['🇩🇪', true],
  ['👍👍', false],
  ['a', false],
  ['', false],
  [':)', false],
])('%j is one emoji: %p', (text, isEmoji) => {
  expect(emojiSchema.safeParse(text).success).toBe(isEmoji)
})
