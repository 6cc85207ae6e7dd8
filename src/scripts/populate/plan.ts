import { lookalikeKey, slugOf } from '../../protocol/text.ts'
import { avatarColors } from '../../protocol/users.ts'
import { UsageError } from '../flags.ts'

export interface WorldSize {
  users: number
  rooms: number
  /** Of each room. */
  members: number
  /** Of all rooms together, without the system chats. */
  chats: number
  /** More chats, in the first room. */
  big: number
  /** With threads, replies, reactions, pins, edits and mentions of everyone; plain, only lines of text. */
  isLively: boolean
  /** What handles start with. */
  prefix: string
}

export interface PlannedUser {
  id: string
  handle: string
  handleKey: string
  name: string
  email: string
  avatarColor: number
}

export interface PlannedRoom {
  id: string
  index: number
  name: string
  nameKey: string
  slug: string
  topic: string
  /** Text chats in it. */
  texts: number
}

export interface Plan extends WorldSize {
  people: PlannedUser[]
  places: PlannedRoom[]
}

const firstNames =
  'Ada Grace Alan Edsger Barbara Donald Margaret Ken Dennis Radia Linus Hedy Tim Sophie Claude Annie'.split(
    ' ',
  )
const lastNames =
  'Abel Berg Costa Diaz Endo Fox Green Hall Ito Jones Kaya Lund Moss Novak Okafor Park Quist Rossi'.split(
    ' ',
  )
const themes =
  'General Design Engineering Support Releases Random Hiring Marketing Research Operations Books Music Garden Kitchen Running Photos'.split(
    ' ',
  )

/**
 * A world to be made: room r holds users r·M to r·M + M − 1, so user i belongs to room ⌊i/M⌋. With
 * fewer users than places the count starts again at user 0; with more, the last are in no room.
 * @throws UsageError for a size that can't be
 */
export function planWorld(size: WorldSize, newId: () => string): Plan {
  const { users, rooms, members, chats, big, prefix } = size
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(prefix)) {
    throw new UsageError('--prefix must be a letter and up to 19 letters, digits or -')
  }
  if (users < 1) throw new UsageError('--users must be at least 1')
  if (rooms > 0 && members < 1) throw new UsageError('--members must be at least 1')
  if (rooms > 0 && members > users) {
    throw new UsageError(`--members ${members} needs as many users, there are ${users}`)
  }
  if (rooms === 0 && chats + big > 0) throw new UsageError('--chats needs rooms to be in')
  return {
    ...size,
    people: Array.from({ length: users }, (_, index) => userAt(index, prefix, newId())),
    places: Array.from({ length: rooms }, (_, index) => roomAt(index, size, newId())),
  }
}

const userAt = (index: number, prefix: string, id: string): PlannedUser => {
  const handle = `${prefix}${index}`
  const first = firstNames[index % firstNames.length]
  const last = lastNames[Math.floor(index / firstNames.length) % lastNames.length]
  return {
    id,
    handle,
    handleKey: lookalikeKey(handle),
    name: `${first} ${last}`,
    email: `${handle}@example.com`,
    avatarColor: index % avatarColors,
  }
}

const roomAt = (
  index: number,
  { rooms, chats, big, prefix }: WorldSize,
  id: string,
): PlannedRoom => {
  const theme = themes[index % themes.length]
  const name = `${prefix === 'user' ? '' : `${prefix} `}${theme} ${index}`
  return {
    id,
    index,
    name,
    nameKey: lookalikeKey(name),
    slug: slugOf(name),
    topic: `All about ${theme?.toLowerCase()}`,
    texts: Math.floor(chats / rooms) + (index < chats % rooms ? 1 : 0) + (index === 0 ? big : 0),
  }
}
