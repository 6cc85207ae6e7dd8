import { expect, setDefaultTimeout, test } from 'bun:test'
import fc from 'fast-check'
import { isCommonPassword } from './common-passwords.ts'
import { handleFrom } from './account-store.ts'
import { hashPassword, isPassword } from './password.ts'

// Hashing is slow on purpose, and slower beside other suites.
setDefaultTimeout(30_000)

test('a password is known by its hash, and no other is', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toStartWith('$scrypt$ln=14,r=8,p=5$')
  expect(await isPassword('correct horse battery', hash)).toBe(true)
  expect(await isPassword('correct horse battery ', hash)).toBe(false)
  expect(await isPassword('correct horse battery', undefined)).toBe(false)
})

test('security 20: 128 Unicode characters are taken whole, whatever their normal form', async () => {
  const long = 'ä👩‍🚀'.repeat(32)
  const hash = await hashPassword(long)
  expect(await isPassword(long.normalize('NFD'), hash)).toBe(true)
  expect(await isPassword(long.slice(0, -1), hash)).toBe(false)
})

test('security 20: what is guessed first is refused, what is chosen well is not', () => {
  const common = [
    'password',
    'Password1!',
    'P@ssw0rd',
    '12345678',
    'qwertyuiop',
    'iloveyou2',
    'Summer2024!',
    'aaaaaaaa',
    'abcabcabc',
    'letmein123',
    'welcome1',
    'adminadmin',
    'zaq12wsx1qaz',
    '!QAZ2wsx',
    'qweasdzxc',
    'a123456789',
    'Pa$$w0rd!',
    'trustno1',
    'blink182',
    'zxcvbnm1',
    'jamesbond007',
    'parley2026',
  ]
  const own = ['countess@example.com', 'Ada Lovelace']
  expect(common.filter((password) => !isCommonPassword(password))).toEqual([])
  expect(isCommonPassword('Lovelace1815', own)).toBe(true)
  expect(isCommonPassword('xX-countess-Xx', own)).toBe(true)
  // A word among many is no password.
  expect(isCommonPassword('a countess under the oak tree', own)).toBe(false)
  const good = [
    'correct horse battery',
    'staple battery horse',
    'vT9$kq2!mLp',
    'mein hund frisst käse',
    'xkcd-936-strip',
  ]
  expect(good.filter((password) => isCommonPassword(password, own))).toEqual([])
})

test('no text makes the password rule fail', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 128 }),
      fc.string(),
      (text, own) => typeof isCommonPassword(text, [own]) === 'boolean',
    ),
  )
})

test('a handle is made from the name, or else from the address', () => {
  expect(handleFrom('Grace Hopper', 'x@example.com')).toBe('grace-hopper')
  expect(handleFrom('Zoë', 'x@example.com')).toBe('zoe')
  expect(handleFrom('李雷', 'lilei@example.com')).toBe('lilei')
  expect(handleFrom('here', '李@example.com')).toBe('member')
})
