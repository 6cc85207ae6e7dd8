import { getLogger } from '@logtape/logtape'
import { request, signUp, type Answer, type Cast } from './adapters/testing.ts'
import { createApp } from './app.ts'
import { createAccessTokens } from './auth/jwt.ts'
import { createChatLog } from './chats/chat-log.ts'
import { parseConfig } from './config.ts'
import type { OpenDatabase } from './db/connect.ts'
import { createLooks } from './db/looks.ts'
import { pngOf } from './files/pictures-scene.ts'
import { noFiles } from './files/testing.ts'
import { limitsOf } from './parley.ts'
import { upload } from './files/upload-scene.ts'
import { createHub } from './realtime/create-hub.ts'
import { createSharedCounts } from './realtime/shared-counts.ts'
import { createRoomReads } from './rooms/room-reads.ts'

const newId = (): string => Bun.randomUUIDv7()

/** What Parley serves but its pages, as `GET /api/rooms/:roomId`: read from the app itself. */
export function routesOf({ db, sql }: Pick<OpenDatabase, 'db' | 'sql'>): string[] {
  const clock = Date.now
  const config = parseConfig({})
  const secrets: [string] = ['a secret of 32 bytes for the tests']
  const tokens = createAccessTokens({ secrets, sql, clock, steadyClock: clock, ttlSeconds: 600 })
  const log = getLogger('parley')
  const hub = createHub(
    {
      clock,
      wallClock: clock,
      newId,
      epoch: 'test',
      verifyToken: (token) => tokens.verify(token),
      log: createChatLog({ sql, writer: sql, newId }),
      rooms: createRoomReads({ sql }),
      timer: () => {},
      looks: createLooks({ sql, applicationName: 'parley test' }),
      bus: null,
      counts: createSharedCounts(),
      publish: () => {},
      report: () => {},
      onStored: () => {},
    },
    limitsOf(config),
  )
  const nothing = () => new Response(null, { status: 501 })
  const app = createApp({
    config,
    db,
    sql,
    hub,
    files: noFiles,
    counts: createSharedCounts(),
    steadyClock: clock,
    tokens,
    clock,
    newId,
    log,
    refreshKey: 'a key of the tests',
    upgrade: nothing,
    packsItself: false,
    page: nothing,
  })
  const served = app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/*')
  return [...new Set(served.map(({ method, path }) => `${method} ${path}`))]
}

export const people = ['anon', 'stranger', 'member', 'admin', 'owner'] as const
export type Person = (typeof people)[number]

/** Everyone who tries a route, and two whom they try it on. */
export interface Troupe {
  url: string
  cast: Record<Exclude<Person, 'anon'>, Cast>
  /** A plain member who wrote the chat of each scene. */
  mate: Cast
  /** In no room of the others, but in the direct one with `mate`. */
  newcomer: Cast
}

export async function gather(url: string): Promise<Troupe> {
  const one = (name: string) => signUp(url, name)
  // The first to sign up owns the server, and is none of those who try.
  await one('Founder')
  const [stranger, member, admin, owner, mate, newcomer] = await Promise.all([
    one('Stranger'),
    one('Member'),
    one('Admin'),
    one('Owner'),
    one('Mate'),
    one('Newcomer'),
  ])
  return { url, cast: { stranger, member, admin, owner }, mate, newcomer }
}

/** A room with everybody in their place, and one chat of `mate` in it. */
export interface Scene extends Troupe {
  roomId: string
  slug: string
  chatId: string
  /** A picture in that chat. */
  fileId: string
}

export type SceneKind = 'public' | 'private' | 'direct'

const must = ({ status, body }: Answer): Record<string, { id: string; slug: string }> => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  // What these routes answer is held to their schemas by the tests of this folder.
  return body as Record<string, { id: string; slug: string }>
}

export async function setScene(troupe: Troupe, kind: SceneKind): Promise<Scene> {
  const { cast, mate, newcomer } = troupe
  const tell = async (person: Cast, method: string, path: string, body: unknown) =>
    must(await person.request(method, `/api/rooms${path}`, body))
  const made =
    kind === 'direct'
      ? await tell(mate, 'POST', '/direct', { userIds: [newcomer.me.id] })
      : await tell(cast.owner, 'POST', '', { name: `Room ${newId()}`, kind })
  const { id: roomId = '', slug = '' } = made['room'] ?? {}
  if (kind !== 'direct') {
    for (const { me } of [cast.member, cast.admin, mate]) {
      await tell(cast.owner, 'POST', `/${roomId}/members`, { userId: me.id })
    }
    await tell(cast.owner, 'PATCH', `/${roomId}/members/${cast.admin.me.id}`, { role: 'admin' })
  }
  const { id: fileId } = await upload(troupe.url, mate, roomId, {
    name: 'dot.png',
    bytes: pngOf(4, 4),
  })
  const chat = { message: 'said here', fileIds: [fileId] }
  const posted = await tell(mate, 'POST', `/${roomId}/chats`, chat)
  return { ...troupe, roomId, slug, chatId: posted['chat']?.id ?? '', fileId }
}

/** One row of the table of who may what. */
export interface Row {
  route: string
  /** For anon, stranger, member, admin and owner. */
  answers: readonly [number, number, number, number, number]
  kind?: SceneKind
  body?: (scene: Scene) => unknown
  /** What is in place of a JSON body: the bytes of a file. */
  bytes?: () => Uint8Array<ArrayBuffer>
  /** Of the address, with its question mark. */
  query?: string
  /** Whom `:userId` names: `mate` unless told. */
  userId?: (scene: Scene) => string
}

/** The address of a row's route in a scene; `replaced` stands in for parts of the path. */
export function addressOf(row: Row, scene: Scene, replaced: Record<string, string> = {}): string {
  const parts: Record<string, string> = {
    roomId: scene.roomId,
    slug: scene.slug,
    chatId: scene.chatId,
    fileId: scene.fileId,
    userId: row.userId?.(scene) ?? scene.mate.me.id,
    id: scene.newcomer.me.id,
    emoji: '👍',
    ...replaced,
  }
  const path = row.route.slice(row.route.indexOf(' ') + 1)
  const named = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''))
  return named + (row.query ?? '')
}

export const methodOf = ({ route }: Row): string => route.slice(0, route.indexOf(' '))

/** `row`, as `person` asks it. */
export function ask(row: Row, scene: Scene, person: Person): Promise<Answer> {
  const headers: Record<string, string> =
    person === 'anon' ? {} : { authorization: `Bearer ${scene.cast[person].token}` }
  return request(scene.url, methodOf(row), addressOf(row, scene), {
    headers,
    body: row.bytes?.() ?? row.body?.(scene),
  })
}
