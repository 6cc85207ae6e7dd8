import { pngOf } from './files/pictures-scene.ts'
import type { Row } from './testing.ts'

const everyone = [200, 200, 200, 200, 200] as const
const signedIn = [401, 200, 200, 200, 200] as const
const newName = () => `Name ${Bun.randomUUIDv7()}`
const password = 'correct horse battery'

/** Who may what (security 27): every route, as anon, a stranger to the room, its member, admin and owner. */
export const rows: Row[] = [
  { route: 'GET /healthz', answers: everyone },
  { route: 'GET /readyz', answers: everyone },
  { route: 'GET /ws', answers: [400, 400, 400, 400, 400] },
  { route: 'GET /api/openapi.json', answers: everyone },
  { route: 'GET /api/docs', answers: everyone },
  { route: 'GET /api/docs/style.css', answers: everyone },

  {
    route: 'POST /api/auth/signup',
    answers: [201, 201, 201, 201, 201],
    body: () => ({ email: `${Bun.randomUUIDv7()}@example.com`, password, name: 'New' }),
  },
  {
    route: 'POST /api/auth/signin',
    answers: everyone,
    body: ({ mate }) => ({ email: mate.me.email, password }),
  },
  { route: 'POST /api/auth/refresh', answers: [401, 401, 401, 401, 401] },
  { route: 'GET /api/auth/sessions', answers: signedIn },
  { route: 'POST /api/auth/sessions/revoke-others', answers: signedIn },
  { route: 'DELETE /api/auth/sessions/:id', answers: [401, 404, 404, 404, 404] },
  {
    route: 'POST /api/auth/password',
    answers: [401, 401, 401, 401, 401],
    body: () => ({ currentPassword: 'not mine', newPassword: 'staple horse battery' }),
  },

  { route: 'GET /api/users', answers: signedIn },
  { route: 'GET /api/users/me', answers: signedIn },
  { route: 'PATCH /api/users/me', answers: signedIn, body: () => ({ name: 'Renamed' }) },
  { route: 'GET /api/users/presence', answers: signedIn },
  { route: 'GET /api/users/:userId', answers: signedIn },

  {
    route: 'PUT /api/users/me/avatar',
    answers: signedIn,
    bytes: () => pngOf(4, 4),
  },
  { route: 'DELETE /api/users/me/avatar', answers: signedIn },

  { route: 'GET /api/files/limits', answers: signedIn },
  { route: 'GET /api/files/:fileId', answers: [401, 404, 200, 200, 200] },
  { route: 'GET /api/files/:fileId/thumb', answers: [401, 404, 200, 200, 200] },
  // Only who uploaded it, and not once it is posted.
  {
    route: 'PATCH /api/files/:fileId',
    answers: [401, 404, 403, 403, 403],
    body: () => ({ alt: 'a dot' }),
  },
  { route: 'DELETE /api/files/:fileId', answers: [401, 404, 403, 403, 403] },
  { route: 'GET /api/rooms/:roomId/files', answers: [401, 404, 200, 200, 200] },
  {
    route: 'POST /api/rooms/:roomId/files',
    query: '?name=dot.png',
    answers: [401, 404, 201, 201, 201],
    bytes: () => pngOf(4, 4),
  },

  { route: 'GET /api/settings', answers: signedIn },
  { route: 'PATCH /api/settings', answers: signedIn, body: () => ({ notify: 'all' }) },
  { route: 'GET /api/threads', answers: signedIn },
  { route: 'GET /api/threads/places', answers: signedIn },
  { route: 'GET /api/mentions', answers: signedIn },
  { route: 'GET /api/saved', answers: signedIn },
  { route: 'GET /api/search', answers: signedIn },
  { route: 'GET /api/rooms', answers: signedIn },
  {
    route: 'POST /api/rooms',
    answers: [401, 201, 201, 201, 201],
    body: () => ({ name: newName(), kind: 'private', topic: 'of a test' }),
  },
  { route: 'GET /api/rooms/browse', answers: signedIn },
  {
    route: 'POST /api/rooms/direct',
    answers: [401, 201, 201, 201, 201],
    body: ({ mate }) => ({ userIds: [mate.me.id] }),
  },

  // A private room does not exist for strangers (security 22).
  { route: 'GET /api/rooms/by-slug/:slug', answers: [401, 404, 200, 200, 200] },
  { route: 'GET /api/rooms/:roomId', answers: [401, 404, 200, 200, 200] },
  {
    route: 'PATCH /api/rooms/:roomId',
    answers: [401, 404, 403, 200, 200],
    body: () => ({ name: newName() }),
  },
  {
    route: 'PATCH /api/rooms/:roomId',
    answers: [401, 404, 403, 200, 200],
    body: () => ({ archived: true }),
  },
  {
    route: 'PATCH /api/rooms/:roomId',
    answers: [401, 404, 200, 200, 200],
    body: () => ({ topic: 'of any member' }),
  },
  { route: 'POST /api/rooms/:roomId/join', answers: [401, 404, 200, 200, 200] },
  { route: 'POST /api/rooms/:roomId/leave', answers: [401, 404, 204, 204, 409] },
  {
    route: 'POST /api/rooms/:roomId/read',
    answers: [401, 404, 204, 204, 204],
    body: () => ({ seq: 1 }),
  },
  { route: 'GET /api/rooms/:roomId/members', answers: [401, 404, 200, 200, 200] },
  {
    route: 'POST /api/rooms/:roomId/members',
    answers: [401, 404, 200, 200, 200],
    body: ({ newcomer }) => ({ userId: newcomer.me.id }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/members/:userId',
    answers: [401, 404, 403, 200, 200],
    body: () => ({ role: 'admin' }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/members/:userId',
    answers: [401, 404, 403, 403, 200],
    body: () => ({ role: 'owner' }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/members/:userId',
    answers: [401, 404, 403, 403, 409],
    userId: ({ cast }) => cast.owner.me.id,
    body: () => ({ role: 'member' }),
  },
  { route: 'DELETE /api/rooms/:roomId/members/:userId', answers: [401, 404, 403, 204, 204] },
  {
    route: 'DELETE /api/rooms/:roomId/members/:userId',
    answers: [401, 404, 403, 403, 409],
    userId: ({ cast }) => cast.owner.me.id,
  },
  { route: 'GET /api/rooms/:roomId/chats', answers: [401, 404, 200, 200, 200] },
  {
    route: 'POST /api/rooms/:roomId/chats',
    answers: [401, 404, 201, 201, 201],
    body: () => ({ message: 'hi', cid: Bun.randomUUIDv7() }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/chats/:chatId',
    answers: [401, 404, 403, 403, 403],
    body: () => ({ message: 'never said' }),
  },
  { route: 'GET /api/rooms/:roomId/chats/:chatId', answers: [401, 404, 200, 200, 200] },
  { route: 'GET /api/rooms/:roomId/chats/:chatId/edits', answers: [401, 404, 200, 200, 200] },
  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/reactions/:emoji',
    answers: [401, 404, 200, 200, 200],
  },
  {
    route: 'DELETE /api/rooms/:roomId/chats/:chatId/reactions/:emoji',
    answers: [401, 404, 200, 200, 200],
  },
  { route: 'PUT /api/rooms/:roomId/chats/:chatId/pin', answers: [401, 404, 200, 200, 200] },
  { route: 'DELETE /api/rooms/:roomId/chats/:chatId/pin', answers: [401, 404, 200, 200, 200] },
  { route: 'DELETE /api/rooms/:roomId/chats/:chatId/links', answers: [401, 404, 403, 200, 200] },
  { route: 'GET /api/rooms/:roomId/pins', answers: [401, 404, 200, 200, 200] },
  {
    route: 'PUT /api/rooms/:roomId/preferences',
    answers: [401, 404, 200, 200, 200],
    body: () => ({ notify: 'mentions', muted: true }),
  },
  { route: 'GET /api/rooms/:roomId/chats/:chatId/thread', answers: [401, 404, 200, 200, 200] },
  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/thread/follow',
    answers: [401, 404, 200, 200, 200],
    body: () => ({ follows: true }),
  },
  {
    route: 'POST /api/rooms/:roomId/chats/:chatId/thread/read',
    answers: [401, 404, 200, 200, 200],
    body: () => ({ seq: 1 }),
  },
  { route: 'PUT /api/saved/:chatId', answers: [401, 404, 204, 204, 204] },
  // There is nothing to tell of what one does not keep.
  { route: 'DELETE /api/saved/:chatId', answers: [401, 204, 204, 204, 204] },
  { route: 'DELETE /api/rooms/:roomId/chats/:chatId', answers: [401, 404, 403, 200, 200] },

  // A public one is seen by all, and changed by its members.
  { route: 'GET /api/rooms/by-slug/:slug', kind: 'public', answers: signedIn },
  { route: 'GET /api/rooms/:roomId', kind: 'public', answers: signedIn },
  { route: 'GET /api/rooms/:roomId/members', kind: 'public', answers: signedIn },
  { route: 'GET /api/rooms/:roomId/chats', kind: 'public', answers: signedIn },
  { route: 'POST /api/rooms/:roomId/join', kind: 'public', answers: signedIn },
  {
    route: 'PATCH /api/rooms/:roomId',
    kind: 'public',
    answers: [401, 403, 403, 200, 200],
    body: () => ({ name: newName() }),
  },
  {
    route: 'POST /api/rooms/:roomId/read',
    kind: 'public',
    answers: [401, 403, 204, 204, 204],
    body: () => ({ seq: 1 }),
  },
  {
    route: 'POST /api/rooms/:roomId/members',
    kind: 'public',
    answers: [401, 403, 200, 200, 200],
    body: ({ newcomer }) => ({ userId: newcomer.me.id }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/members/:userId',
    kind: 'public',
    answers: [401, 403, 403, 200, 200],
    body: () => ({ role: 'admin' }),
  },
  {
    route: 'DELETE /api/rooms/:roomId/members/:userId',
    kind: 'public',
    answers: [401, 403, 403, 204, 204],
  },
  {
    route: 'POST /api/rooms/:roomId/chats',
    kind: 'public',
    answers: [401, 403, 201, 201, 201],
    body: () => ({ message: 'hi' }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/chats/:chatId',
    kind: 'public',
    answers: [401, 404, 403, 403, 403],
    body: () => ({ message: 'never said' }),
  },
  {
    route: 'DELETE /api/rooms/:roomId/chats/:chatId',
    kind: 'public',
    answers: [401, 404, 403, 200, 200],
  },

  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/reactions/:emoji',
    kind: 'public',
    answers: [401, 403, 200, 200, 200],
  },
  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/pin',
    kind: 'public',
    answers: [401, 403, 200, 200, 200],
  },
  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/thread/follow',
    kind: 'public',
    answers: [401, 403, 200, 200, 200],
    body: () => ({ follows: true }),
  },
  { route: 'GET /api/rooms/:roomId/pins', kind: 'public', answers: signedIn },
  { route: 'GET /api/rooms/:roomId/chats/:chatId/thread', kind: 'public', answers: signedIn },

  { route: 'GET /api/files/:fileId', kind: 'public', answers: signedIn },
  { route: 'GET /api/rooms/:roomId/files', kind: 'public', answers: signedIn },
  {
    route: 'POST /api/rooms/:roomId/files',
    kind: 'public',
    query: '?name=dot.png',
    answers: [401, 403, 201, 201, 201],
    bytes: () => pngOf(4, 4),
  },

  // What two people say to each other exists for nobody else, whatever they own (security 26).
  { route: 'GET /api/rooms/:roomId', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  { route: 'GET /api/rooms/:roomId/members', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  { route: 'GET /api/rooms/:roomId/chats', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  { route: 'POST /api/rooms/:roomId/join', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  {
    route: 'POST /api/rooms/:roomId/chats',
    kind: 'direct',
    answers: [401, 404, 404, 404, 404],
    body: () => ({ message: 'hi' }),
  },
  {
    route: 'PATCH /api/rooms/:roomId/chats/:chatId',
    kind: 'direct',
    answers: [401, 404, 404, 404, 404],
    body: () => ({ message: 'hi' }),
  },
  {
    route: 'PUT /api/rooms/:roomId/chats/:chatId/reactions/:emoji',
    kind: 'direct',
    answers: [401, 404, 404, 404, 404],
  },
  { route: 'GET /api/rooms/:roomId/pins', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  {
    route: 'GET /api/rooms/:roomId/chats/:chatId/thread',
    kind: 'direct',
    answers: [401, 404, 404, 404, 404],
  },
  { route: 'GET /api/files/:fileId', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  { route: 'GET /api/files/:fileId/thumb', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  { route: 'GET /api/rooms/:roomId/files', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  {
    route: 'POST /api/rooms/:roomId/files',
    kind: 'direct',
    query: '?name=dot.png',
    answers: [401, 404, 404, 404, 404],
    bytes: () => pngOf(4, 4),
  },
  { route: 'PUT /api/saved/:chatId', kind: 'direct', answers: [401, 404, 404, 404, 404] },
  {
    route: 'DELETE /api/rooms/:roomId/chats/:chatId',
    kind: 'direct',
    answers: [401, 404, 404, 404, 404],
  },

  // The last row, for it ends the sessions of all who tried.
  { route: 'POST /api/auth/signout', answers: everyone },
]
