import { expect, test } from 'bun:test'
import { nextPath, signInPath } from './next-path.ts'

test('a deep link survives sign-in', () => {
  const path = signInPath('/r/general?at=12')
  expect(nextPath(new URL(path, 'http://x').searchParams.get('next') ?? undefined)).toBe(
    '/r/general?at=12',
  )
  expect(signInPath('/')).toBe('/sign-in')
})

test('sign-in never leads to another site, nor back to itself', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'javascript:1',
  ]
  for (const next of [...elsewhere, '/sign-in?next=/', undefined, ['/a', '/b']])
    expect(nextPath(next)).toBe('/')
})
