/** What the server says beside a field, by `field-text.ts`; its own words are English. */
export const fields = {
  empty: 'must not be empty',
  tooLong: { one: 'at most {count} character', other: 'at most {count} characters' },
  tooShort: { one: 'at least {count} character', other: 'at least {count} characters' },
  unstorable: 'must not contain NUL or lone surrogates',
  invisible: 'must not contain control or invisible characters',
  handle: 'letters a–z, digits, and . _ - between them',
  wordless: 'needs a letter or a digit',
  reserved: 'is reserved',
  email: 'must be an e-mail address',
  handleTaken: 'is taken, or looks like one that is',
  guessable: 'is one of the first that are guessed; choose another',
  hasAccount: 'has an account: sign in instead',
} as const
