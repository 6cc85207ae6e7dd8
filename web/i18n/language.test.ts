import { afterEach, expect, test } from 'bun:test'
import { formatDay, formatNumber } from './format.ts'
import { isolated } from './isolated.ts'
import {
  direction,
  language,
  locale,
  localeOf,
  preferredLanguage,
  speakLanguage,
} from './language.ts'
import { t } from './t.ts'

afterEach(() => speakLanguage('en', []))

test('the first wish of the browser that is spoken here wins', () => {
  expect(preferredLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(preferredLanguage(['ar-EG'])).toBe('ar')
  expect(preferredLanguage(['fr', 'toString'])).toBe('en')
  expect(preferredLanguage([])).toBe('en')
})

test('dates follow the reader’s own kind of the language', () => {
  expect(localeOf('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB')
  expect(localeOf('ar', ['de-DE'])).toBe('ar')
})

test('texts, plurals, numbers and dates speak one language', async () => {
  await speakLanguage('de', ['en-US', 'de-CH'])
  expect(locale()).toBe('de-CH')
  expect(t('common.cancel')).toBe('Abbrechen')
  expect(t('common.members', { count: 1 })).toBe('1 Mitglied')
  expect(formatDay(new Date(2026, 10, 20), new Date(2026, 10, 21))).toBe('Gestern')
  await speakLanguage('de', [])
  expect(formatNumber(1234.5)).toBe('1.234,5')
})

test('each of the six forms of Arabic is chosen by its count', async () => {
  await speakLanguage('ar', [])
  const forms = [0, 1, 2, 3, 11, 100].map((count) => t('common.members', { count }))
  const [three, eleven, hundred] = [3, 11, 100].map(formatNumber)
  expect(forms).toEqual([
    'لا أعضاء',
    'عضو واحد',
    'عضوان',
    `${three} أعضاء`,
    `${eleven} عضوًا`,
    `${hundred} عضو`,
  ])
  expect(direction()).toBe('rtl')
})

test('of two choices the later one counts, however long its texts take', async () => {
  await Promise.all([speakLanguage('ar', []), speakLanguage('de', []), speakLanguage('en', [])])
  expect(language()).toBe('en')
})

test('a name of the other direction keeps its own in a sentence', async () => {
  expect(isolated('Ada', 'ltr')).toBe('Ada')
  expect(isolated('أحمد', 'ltr')).toBe('\u2068أحمد\u2069')
  expect(isolated('Ada', 'rtl')).toBe('\u2068Ada\u2069')
  expect(t('chats.joined', { name: 'أحمد' })).toBe('\u2068أحمد\u2069 joined')
})
