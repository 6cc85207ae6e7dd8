import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { authRoutes } from './auth/routes.ts'
import { chatRoutes } from './chats/routes.ts'
import { markRoutes } from './chats/mark-routes.ts'
import { roomFileRoutes } from './files/room-file-routes.ts'
import { fileRoutes } from './files/routes.ts'
import type { AppDeps, AppEnv } from './http/context.ts'
import { docsRoutes } from './http/docs.ts'
import { onError, unknownRoute } from './http/errors.ts'
import { securityHeaders } from './http/headers.ts'
import { limitRequests } from './http/limit.ts'
import { requireHttps, requireSameOrigin } from './http/origin.ts'
import { readiness } from './http/readiness.ts'
import { logRequests } from './http/request-log.ts'
import { mentionRoutes } from './mentions/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import { savedRoutes } from './saved/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { threadRoutes, threadsRoutes } from './threads/routes.ts'
import { avatarRoutes } from './users/avatar-routes.ts'
import { userRoutes } from './users/routes.ts'

/** All of Parley over HTTP, for whichever runtime gives it `deps`. */
export function createApp(deps: AppDeps) {
  const app = new Hono<AppEnv>()
    .onError(onError)
    .use(logRequests(deps))
    .use(securityHeaders(deps))
    .use('/api/*', requireHttps(deps), requireSameOrigin(deps), limitRequests(deps))
    .use('/ws', requireHttps(deps))
    // What each client asks for at its start, and what grows with the number of rooms; pages are small.
    .on('GET', ['/api/rooms', '/api/threads/places'], packed(deps))
    .route('/api/auth', authRoutes(deps))
    .route('/api/users/me/avatar', avatarRoutes(deps))
    .route('/api/users', userRoutes(deps))
    .route('/api/rooms', roomRoutes(deps))
    .route('/api/rooms/:roomId/chats', chatRoutes(deps))
    .route('/api/rooms/:roomId/chats', markRoutes(deps))
    .route('/api/rooms/:roomId/chats/:chatId/thread', threadRoutes(deps))
    .route('/api/threads', threadsRoutes(deps))
    .route('/api/mentions', mentionRoutes(deps))
    .route('/api/saved', savedRoutes(deps))
    .route('/api/search', searchRoutes(deps))
    .route('/api/settings', settingsRoutes(deps))
    .route('/api/files', fileRoutes(deps))
    .route('/api/rooms/:roomId/files', roomFileRoutes(deps))
    .get('/ws', (c) => deps.upgrade(c))
    .get('/healthz', (c) => c.json({ status: 'ok' }, 200))
    .get('/readyz', readiness(deps))
  app.route('/api', docsRoutes(app))
  app.all('/api/*', unknownRoute(app))
  app.get('*', (c) => deps.page(c))
  // A route like the others, and no `notFound`: what that throws passes by the headers and the log.
  app.all('*', unknownRoute(app))
  return app
}

const packed = ({ packsItself }: AppDeps): MiddlewareHandler<AppEnv> =>
  packsItself ? (_, next) => next() : compress({ encoding: 'gzip' })

export type AppType = ReturnType<typeof createApp>
