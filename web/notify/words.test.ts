import { expect, test } from 'bun:test'
import { bob, chatAt } from '../live/testing.ts'
import { direct, grace, room } from '../rooms/testing.ts'
import { noticeOf, plainWords } from './words.ts'

test('marks of markdown are left out, the words stay, in one line', () => {
  expect(plainWords('**Look** at _this_ [page](https://example.org) and `code`')).toBe(
    'Look at this page and code',
  )
  expect(plainWords('> quoted\n\n- one\n- [x] two\n```ts\nconst a = 1\n```')).toBe(
    'quoted one two const a = 1',
  )
  expect(plainWords('snake_case_name and 2*3*4 stay')).toBe('snake_case_name and 2*3*4 stay')
})

test('long words are cut between letters, not inside of one', () => {
  const shown = plainWords('👍'.repeat(300))
  expect(Array.from(shown)).toHaveLength(181)
  expect(shown).toEndWith('👍…')
})

const said = { chat: chatAt(1, { sender: bob, message: 'Lunch?' }), hidesText: false }

test('a notification says who and where, and in a talk of two only who', () => {
  const kitchen = room('kitchen')
  expect(noticeOf({ ...said, room: kitchen, reason: 'mention' })).toEqual({
    title: 'Bob in kitchen',
    body: 'Lunch?',
  })
  expect(noticeOf({ ...said, room: kitchen, reason: 'thread' }).title).toBe(
    'Bob in a thread of kitchen',
  )
  const two = direct('d', { people: [grace] })
  expect(noticeOf({ ...said, room: two, reason: 'direct' }).title).toBe('Bob')
})

test('with hidden text no word of the chat is in it', () => {
  const notice = noticeOf({ ...said, room: room('kitchen'), reason: 'message', hidesText: true })
  expect(JSON.stringify(notice)).not.toContain('Lunch')
})
