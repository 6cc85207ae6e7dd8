import { expect, test } from 'bun:test'
import {
  applyTheme,
  parseThemeChoice,
  readThemeChoice,
  shownTheme,
  themeChoices,
  writeThemeChoice,
} from './theme.ts'

const closed = {
  getItem: () => {
    throw new Error('SecurityError')
  },
  setItem: () => {
    throw new Error('QuotaExceededError')
  },
}

test('an unknown or missing stored theme is the theme of the system', () => {
  expect([null, '', 'sepia', '__proto__'].map(parseThemeChoice)).toEqual(
    Array.from({ length: 4 }, () => 'system'),
  )
})

test('a theme that was written is read again', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  for (const choice of themeChoices) {
    writeThemeChoice(storage, choice)
    expect(readThemeChoice(storage)).toBe(choice)
  }
})

test('forbidden storage neither throws nor changes the theme', () => {
  expect(readThemeChoice(closed)).toBe('system')
  expect(() => writeThemeChoice(closed, 'dark')).not.toThrow()
})

test('only the choice "system" looks at the system', () => {
  expect(shownTheme('system', true)).toBe('dark')
  expect(shownTheme('system', false)).toBe('light')
  expect(shownTheme('light', true)).toBe('light')
  expect(shownTheme('dark', false)).toBe('dark')
})

test('a theme marks the root and paints the address bar', () => {
  const page = { root: { dataset: {} as Record<string, string> }, themeColor: { content: '' } }
  applyTheme(page, 'system', true)
  const dark = page.themeColor.content
  expect(page.root.dataset['theme']).toBe('system')
  applyTheme(page, 'light', true)
  expect(page.root.dataset['theme']).toBe('light')
  expect(page.themeColor.content).not.toBe(dark)
})
