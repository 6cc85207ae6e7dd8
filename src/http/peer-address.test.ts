import { expect, test } from 'bun:test'
import { addressOf } from './peer-address.ts'

const forwarded = (value: string) => new Headers({ 'x-forwarded-for': value })

test('security 37: X-Forwarded-For of an untrusted peer is ignored', () => {
  expect(addressOf(forwarded('203.0.113.9'), '192.0.2.1', false)).toBe('192.0.2.1')
})

test('security 37: of a trusted proxy the last entry counts: the one it wrote itself', () => {
  expect(addressOf(forwarded('10.9.9.9, 203.0.113.9'), '127.0.0.1', true)).toBe('203.0.113.9')
  expect(addressOf(new Headers(), '192.0.2.1', true)).toBe('192.0.2.1')
  expect(addressOf(forwarded(' '), '192.0.2.1', true)).toBe('192.0.2.1')
})

test.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['[2001:db8::9]:4711', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '::1'],
])('%s counts as %s', (address, counted) => {
  expect(addressOf(new Headers(), address, false)).toBe(counted)
})

test('where the runtime does not tell, all count as one', () => {
  expect(addressOf(new Headers(), undefined, false)).toBe('unknown')
})
