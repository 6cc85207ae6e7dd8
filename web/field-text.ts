import { t } from './i18n/t.ts'

/** The server's words, and what says the same in the reader's language; a group is a count. */
const texts: readonly (readonly [words: RegExp, text: (count: number) => string])[] = [
  [/^must not be empty$/, () => t('fields.empty')],
  [/^at most (\d+) characters$/, (count) => t('fields.tooLong', { count })],
  [/^at least (\d+) characters$/, (count) => t('fields.tooShort', { count })],
  [/^must not contain NUL/, () => t('fields.unstorable')],
  [/^must not contain control/, () => t('fields.invisible')],
  [/^letters a–z/, () => t('fields.handle')],
  [/^needs a letter/, () => t('fields.wordless')],
  [/^is reserved$/, () => t('fields.reserved')],
  [/^must be an e-mail address$/, () => t('fields.email')],
  [/^is taken/, () => t('fields.handleTaken')],
  [/^is one of the first/, () => t('fields.guessable')],
  [/^has an account/, () => t('fields.hasAccount')],
]

/** What the server says beside a field, in the reader's language where that is known. */
export function fieldText(message: string): string {
  for (const [words, text] of texts) {
    const match = words.exec(message)
    if (match) return text(Number(match[1] ?? 0))
  }
  return message
}
