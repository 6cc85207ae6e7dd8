import { expect, test } from 'bun:test'
import { createBunSockets } from './bun-socket.ts'

test('what other nodes tell before the port is open is passed over', () => {
  expect(() => createBunSockets({}).publish('room', '{}')).not.toThrow()
})
