import { wordsIn } from './words.ts'

/** What the index is told of a chat. */
export interface IndexedChat {
  roomId: string
  isPublic: boolean
  senderId: string
  message: string
  /** It is a reply, or has replies. */
  isInThread: boolean
  /** What its files are called, and what its images show. */
  fileTexts: string[]
}

/**
 * Facts stand among the words, told apart by a first character that no word has. All of them sort
 * before `0`, and with it before every word.
 */
export const facts = {
  file: '+file',
  link: '+link',
  thread: '+thread',
  /** In a room that everyone may read. */
  public: '+public',
  /** The last digits of a UUID are random: 48 bits of them tell rooms and people apart. */
  room: (id: string) => `#${id.slice(-12)}`,
  sender: (id: string) => `&${id.slice(-12)}`,
}

/** Counts all rows in the vocabulary; it stands in none. */
export const allRows = '*'

/** Words of different texts of one chat are no neighbours. */
const gap = 16
/** Postgres keeps no place beyond it. */
const maxPlace = 16_383

/** A chat as the text of a `tsvector`. */
export function indexTerms(chat: IndexedChat): string {
  const places = new Map<string, number[]>()
  let start = 0
  for (const text of [chat.message, ...chat.fileTexts]) {
    let last = 0
    for (const { word, place } of wordsIn(text)) {
      last = place
      const at = Math.min(start + place, maxPlace)
      const held = places.get(word)
      if (held) held.push(at)
      else places.set(word, [at])
    }
    start += last + gap
  }
  const known = [
    facts.room(chat.roomId),
    facts.sender(chat.senderId),
    ...(chat.isPublic ? [facts.public] : []),
    ...(chat.isInThread ? [facts.thread] : []),
    ...(chat.fileTexts.length > 0 ? [facts.file] : []),
    ...(/https?:\/\/\S/i.test(chat.message) ? [facts.link] : []),
  ]
  return [
    ...known.map(quoted),
    ...Array.from(places, ([word, at]) => `${quoted(word)}:${at.join(',')}`),
  ].join(' ')
}

/** A term in the text form of a `tsvector` or `tsquery`. */
export const quoted = (term: string): string =>
  `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/**
 * A word in the letters that pg_trgm knows whatever the database's locale: one of ours for each of
 * its own. What two words have in common, their spellings have; the reverse is checked after.
 */
export const spellingOf = (word: string): string =>
  Array.from(word, (letter) =>
    letter <= '\x7F' ? letter : ((letter.codePointAt(0) ?? 0) % 36).toString(36),
  ).join('')
