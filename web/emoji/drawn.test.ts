import { expect, test } from 'bun:test'
import { drawnVersion, type Drawing } from './drawn.ts'
import { readTable } from './table.ts'

const system = (missing: readonly string[], more: Partial<Drawing> = {}): Drawing => ({
  width: () => 20,
  isColoured: (emoji) => !missing.includes(emoji),
  ...more,
})

test('a system that draws all of them shows all of them', () => {
  expect(drawnVersion(system([]))).toBe(17)
})

test('what is younger than the newest one that is drawn is left out', () => {
  expect(drawnVersion(system(['🫪', '🫩']))).toBe(15.1)
  const isJoined = (emoji: string) => (emoji.includes('\u200D') ? 40 : 20)
  expect(drawnVersion(system(['🫪', '🫩'], { width: isJoined }))).toBe(15)
  const table = readTable('smileys 😀 🫨~15 🙂‍↔️~15.1 🫪~17', 'a\nb\nc\nd', 'a\nb\nc\nd', 15)
  expect(table.all.map(({ emoji, name }) => emoji + name)).toEqual(['😀a', '🫨b'])
})

test('without pictures at all, and without a canvas, nothing is left out', () => {
  expect(drawnVersion({ width: () => 20, isColoured: () => false })).toBe(Infinity)
  expect(drawnVersion(null)).toBe(Infinity)
})
