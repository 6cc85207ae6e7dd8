import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'

/**
 * What people choose first. A password is common when it is one of these words, or two of them, with
 * digits and signs around: that covers the published lists of the most used better than a list would.
 */
const words = new Set(
  `password passwort passwd pass secret secure welcome welcom letmein login admin administrator root
  master default changeme change guest user test testing tester demo sample temp temporary access
  qwerty qwertz azerty qwert asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qwertyuiop qazwsx qazwsxedc
  wsxedc poiuytrewq mnbvcxz yxcvbnm abc abcd abcde abcdef abcdefg abcdefgh abcdefghi
  iloveyou iloveu ilove love lover loveme lovely loveyou princess prince angel angels baby babygirl
  babyboy sweet sweetie sweetheart honey darling sunshine flower flowers rainbow butterfly heaven
  dragon monkey tiger lion eagle falcon wolf bear panda rabbit bunny kitty kitten puppy doggy horse
  dolphin shark snake spider phoenix unicorn chicken turtle elephant panther jaguar cobra
  football soccer baseball basketball hockey tennis golf rugby cricket liverpool arsenal chelsea
  manchester barcelona realmadrid juventus bayern yankees cowboys lakers steelers eagles packers
  batman superman spiderman ironman hulk joker starwars startrek pokemon pikachu naruto mario zelda
  matrix gandalf hobbit frodo harrypotter potter hogwarts merlin wizard magic mickey minnie snoopy
  garfield simpson scooby tweety hello helloworld hellokitty kitty world shadow michael jordan
  jessica jennifer ashley amanda andrew anthony charlie daniel david george hannah hunter james
  jasmine john johnny joseph joshua justin karen kevin killer laura maggie maria martin matthew
  melissa michelle nicole oliver patrick peter rachel richard robert samantha sandra sarah sophie
  stephanie steven thomas victoria william alexander alexandra christian christopher benjamin
  jonathan nathan samuel natasha veronica vanessa elizabeth margaret gabriel sebastian fernando
  computer internet windows microsoft google facebook apple iphone samsung android laptop server
  system network software hacker coding developer program parley chat slack discord company office
  work business money dollar dollars million millionaire bitcoin gold silver diamond platinum
  summer winter spring autumn january february march april june july august september october
  november december monday tuesday wednesday thursday friday saturday sunday birthday christmas
  jesus christ god blessed faith grace trinity heaven angel church
  freedom america american canada england london paris berlin germany deutschland france france
  italy spain india pakistan brasil brazil mexico china japan russia moscow newyork texas california
  florida chicago boston dallas hawaii jamaica sydney australia
  cookie cookies chocolate coffee cheese banana orange apple cherry peaches pepper ginger sugar candy
  pizza burger strawberry blueberry vanilla
  ferrari porsche mercedes mustang corvette camaro harley yamaha suzuki honda toyota nissan
  trustno trustnoone nothing something anything everything whatever forever friend friends family
  mother father mommy daddy mama papa sister brother children beautiful gorgeous pretty handsome
  happy smile lucky cool awesome crazy funny peace party music guitar dance dancer rockstar rock
  metallica nirvana slipknot eminem beatles hiphop player gamer gaming game games minecraft fortnite
  roblox warcraft counterstrike playboy
  ninja samurai warrior soldier sniper ranger pirate captain general marine marines army navy
  thunder lightning storm hurricane fire water earth ocean mountain river forest
  black white green yellow purple orange silver red blue pink
  fuck fuckyou fuckoff asshole bitch sexy pussy porn mypassword mypass yourpassword newpassword
  oldpassword thepassword nopassword newpass password passwordpassword hunter letmeinnow openup
  opensesame sesame swordfish trust zaq xsw cde abracadabra`
    .split(/\s+/)
    .filter(Boolean),
)

const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
]

/** `p4ssw0rd` → `password` */
const plainOf = (text: string): string =>
  Array.from(text, (letter) => leet[letter] ?? letter).join('')

const isWords = (text: string): boolean => {
  if (words.has(text)) return true
  for (let at = 3; at <= text.length - 2; at += 1) {
    if (words.has(text.slice(0, at)) && words.has(text.slice(at))) return true
  }
  return false
}

/** One character, one pair or one run of the keyboard, over and over. */
const isRun = (text: string): boolean => {
  if (/^(.{1,4})\1+.{0,3}$/.test(text)) return true
  const isAlong = (row: string) =>
    row.includes(text) || row.includes(Array.from(text).toReversed().join(''))
  return rows.some((row) => isAlong(row) || isAlong(row + row))
}

/** The parts of names and addresses that a guesser would try: `grace.hopper@example.com` → grace, hopper. */
const partsOf = (own: string): string[] =>
  (own.toLowerCase().split('@')[0] ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4)

/** Whether little is left of `plain` once a word that is known about its owner is taken out. */
const isAbout = (plain: string, word: string): boolean =>
  plain.includes(word) && plain.replaceAll(word, '').length < limits.passwordMinChars

/**
 * Whether a password of 8 characters or more is among those that are tried first (security 20).
 * `own` is what a guesser may know of its owner: e-mail address, name, handle.
 */
export function isCommonPassword(password: string, own: string[] = []): boolean {
  const plain = password.toLowerCase()
  if (isRun(plain) || /^\d+$/.test(plain)) return true
  const cores = [plain, plainOf(plain)].flatMap((text) => [
    text.replace(/^[^a-z]+|[^a-z]+$/g, ''),
    text.replace(/[^a-z]/g, ''),
  ])
  cores.push(plainOf(plain.replace(/^\W+|[\W\d]+$/g, '')))
  if (cores.some((core) => isWords(core) || (core.length > 3 && isRun(core)))) return true
  return ['parley', ...own.flatMap(partsOf)].some((word) => isAbout(plain, word))
}

/** @throws AppError `invalid` that names `field` */
export function refuseCommon(password: string, field: string, own: string[]): void {
  if (!isCommonPassword(password, own)) return
  throw new AppError('invalid', `${field}: is one of the first that are guessed`, {
    fields: [{ field, message: 'is one of the first that are guessed; choose another' }],
  })
}
