import { expect, test } from 'bun:test'
import { chatAt } from '../live/testing.ts'
import { spokenChat } from './spoken-chat.ts'

const file = { id: 'f', name: 'red.png', type: 'image/png', bytes: 1, kind: 'image' as const }

test('files are said after the words: what they show, or what they are called', () => {
  expect(spokenChat(chatAt(1))).toBe('chat 1')
  const files = [{ ...file, alt: 'A red board' }, file]
  expect(spokenChat(chatAt(1, { files }))).toBe('chat 1, A red board, red.png')
  expect(spokenChat(chatAt(1, { message: '', files: [file] }))).toBe('red.png')
  expect(spokenChat(chatAt(1, { deletedAt: chatAt(2).createdAt, files }))).toBe('')
})
