import { expect, test } from 'bun:test'
import { ada, bob, chatAt } from '../live/testing.ts'
import { firstOf, linesMax } from './first-lines.ts'

const said = (seq: number, more = {}) => chatAt(seq, { sender: bob, ...more })

test('the first words of others are shown; system chats, deleted ones and mine are not', () => {
  const chats = [
    said(1, { kind: 'system' }),
    said(2),
    said(3, { deletedAt: '2026-11-21T10:00:00.000Z' }),
    said(4, { sender: ada }),
    said(5),
  ]
  const lines = firstOf(chats, false, ada.id)
  expect(lines.chats.map(({ seq }) => seq)).toEqual([2, 5])
  expect(lines.hasMore).toBe(false)
})

test('whether there is more is told', () => {
  const many = Array.from({ length: linesMax + 1 }, (_, at) => said(at + 1))
  expect(firstOf(many, false, ada.id).hasMore).toBe(true)
  expect(firstOf(many.slice(1), false, ada.id).hasMore).toBe(false)
  expect(firstOf([said(1)], true, ada.id).hasMore).toBe(true)
})
