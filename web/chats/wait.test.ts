import { expect, test } from 'bun:test'
import { createOutbox } from '../../src/client/outbox.ts'
import { waitOf } from './wait.ts'

/** Two sends of one room, the first on the wire since second 10. */
const onTheWire = () => {
  const outbox = createOutbox()
  for (const cid of ['one', 'two']) outbox.add({ cid, roomId: 'room', message: cid }, 9_000)
  outbox.take(10_000)
  const waits = () => outbox.entries().map(waitOf)
  return { outbox, waits }
}

test('a send without an answer says after 3 s that it waits to be stored; those behind it do not', () => {
  expect(onTheWire().waits()).toEqual([{ text: 'chats.waitStored', fromMs: 13_000 }, null])
})

test('a send that is put off says so after 1 s, and goes on saying so while it is tried again', () => {
  const { outbox, waits } = onTheWire()
  const overloaded = { text: 'chats.waitOverloaded' as const, fromMs: 11_000 }
  outbox.refuse('one', { code: 'overloaded', message: '', retryAfterMs: 1_000 }, 10_010)
  expect(waits()[0]).toEqual(overloaded)
  outbox.take(11_010)
  expect(waits()[0]).toEqual(overloaded)
  outbox.refuse('one', { code: 'rate_limited', message: '', retryAfterMs: 300 }, 11_020)
  expect(waits()[0]).toEqual({ text: 'chats.waitRate', fromMs: 11_000 })
  outbox.refuse('one', { code: 'draining', message: '' }, 11_400)
  expect(waits()[0]).toEqual({ text: 'chats.waitAgain', fromMs: 11_000 })
})

test('without a line nothing waits for the server', () => {
  const { outbox, waits } = onTheWire()
  outbox.lost()
  expect(waits()).toEqual([null, null])
})
