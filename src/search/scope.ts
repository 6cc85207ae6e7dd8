import type { TransactionSql } from 'postgres'
import type { SearchPart } from '../protocol/search-query.ts'

/** Where a search looks, and whose chats it means. */
export interface Scope {
  /** Rooms that are not public and that the asker may read. */
  mine: string[]
  /** Only in these; null for all that the asker may read. */
  only: string[] | null
  never: string[]
  /** Only of these people; null for anyone. */
  from: string[] | null
  notFrom: string[]
}

type PartOf<Type extends SearchPart['type']> = Extract<SearchPart, { type: Type }>

/**
 * Whom and which rooms the operators name, as far as the asker may know of them: what one may not see
 * is as unknown as what is not there.
 */
export async function scopeOf(
  tx: TransactionSql,
  userId: string,
  parts: readonly SearchPart[],
  roomId: string | undefined,
): Promise<Scope> {
  const mine = await tx<{ room_id: string }[]>`
    select members.room_id from members join rooms on rooms.id = members.room_id
    where members.user_id = ${userId} and rooms.kind <> 'public'`
  const from = parts.filter((part): part is PartOf<'from'> => part.type === 'from')
  const places = parts.filter((part): part is PartOf<'in'> => part.type === 'in')
  const people = await peopleOf(tx, userId, from)
  const rooms = await roomsOf(tx, userId, places)
  const named = <Part extends { not: boolean }>(
    all: Part[],
    not: boolean,
    idsOf: (part: Part) => string[],
  ) => {
    const some = all.filter((part) => part.not === not)
    return some.length === 0 ? null : [...new Set(some.flatMap(idsOf))]
  }
  const idsOfPerson = ({ handle }: PartOf<'from'>) => people.get(handle) ?? []
  const idsOfPlace = (part: PartOf<'in'>) => rooms.get(keyOf(part)) ?? []
  const only = named(places, false, idsOfPlace)
  return {
    mine: mine.map(({ room_id }) => room_id),
    only: roomId === undefined ? only : (only ?? [roomId]).filter((id) => id === roomId),
    never: named(places, true, idsOfPlace) ?? [],
    from: named(from, false, idsOfPerson),
    notFrom: named(from, true, idsOfPerson) ?? [],
  }
}

async function peopleOf(tx: TransactionSql, userId: string, from: PartOf<'from'>[]) {
  const people = new Map([['me', [userId]]])
  const handles = from.map(({ handle }) => handle).filter((handle) => handle !== 'me')
  if (handles.length === 0) return people
  const rows = await tx<{ id: string; handle: string }[]>`
    select id, handle from users where handle = any (${handles})`
  for (const { id, handle } of rows) people.set(handle, [id])
  return people
}

const keyOf = (part: PartOf<'in'>): string => ('slug' in part ? `#${part.slug}` : `@${part.handle}`)

async function roomsOf(tx: TransactionSql, userId: string, places: PartOf<'in'>[]) {
  const rooms = new Map<string, string[]>()
  const slugs = places.flatMap((part) => ('slug' in part ? [part.slug] : []))
  const handles = places.flatMap((part) => ('handle' in part ? [part.handle] : []))
  const found = [
    ...(slugs.length === 0
      ? []
      : await tx<{ id: string; key: string }[]>`
          select rooms.id, '#' || rooms.slug as key
          from rooms left join members on members.room_id = rooms.id and members.user_id = ${userId}
          where rooms.slug = any (${slugs}) and (rooms.kind = 'public' or members.user_id is not null)`),
    ...(handles.length === 0
      ? []
      : await tx<{ id: string; key: string }[]>`
          select rooms.id, '@' || users.handle as key
          from members me
          join rooms on rooms.id = me.room_id and rooms.kind = 'direct'
          join members other on other.room_id = rooms.id and other.user_id <> me.user_id
          join users on users.id = other.user_id and users.handle = any (${handles})
          where me.user_id = ${userId}`),
  ]
  for (const { id, key } of found) rooms.set(key, [...(rooms.get(key) ?? []), id])
  return rooms
}
