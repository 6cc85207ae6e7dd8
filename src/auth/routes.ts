import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { peerAddress } from '../http/peer-address.ts'
import { validate } from '../http/validate.ts'
import { AppError } from '../protocol/errors.ts'
import { idSchema } from '../protocol/text.ts'
import {
  changePasswordSchema,
  sessionSchema,
  signedInSchema,
  signInSchema,
  signUpSchema,
  type Me,
  type SignedIn,
} from '../protocol/users.ts'
import { createAccountStore } from './account-store.ts'
import { isCommonPassword } from './common-passwords.ts'
import { hashPassword, isPassword } from './password.ts'
import { dropRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh-token.ts'
import { createSessionStore } from './session-store.ts'
import { createSignInLimits } from './sign-in-limits.ts'

const tags = ['Accounts']
const doneSchema = z.object({ ok: z.literal(true) })
const done = { ok: true } as const

const refuseCommon = (password: string, field: string, own: string[]): void => {
  if (!isCommonPassword(password, own)) return
  throw new AppError('invalid', `${field}: is one of the first that are guessed`, {
    fields: [{ field, message: 'is one of the first that are guessed; choose another' }],
  })
}

/** Under `/api/auth`. */
export function authRoutes(deps: AppDeps) {
  const { config, tokens, hub, log, clock, newId, db } = deps
  const accounts = createAccountStore(db)
  const sessions = createSessionStore({
    db,
    clock,
    newId,
    key: deps.refreshKey,
    ttlDays: config.SESSION_TTL_DAYS,
  })
  const tries = createSignInLimits({ config, clock })
  const signedIn = authenticate(deps)

  const answer = async (
    c: Context<AppEnv>,
    user: Me,
    sessionId: string,
    refresh: string,
  ): Promise<SignedIn> => {
    const { token, expiresAtMs } = await tokens.issue({ userId: user.id, sessionId })
    setRefreshCookie(c, config, refresh)
    return { user, accessToken: token, expiresAt: new Date(expiresAtMs).toISOString() }
  }

  const start = async (c: Context<AppEnv>, user: Me): Promise<SignedIn> => {
    const opened = await sessions.open(user.id, (c.req.header('user-agent') ?? '').slice(0, 300))
    return answer(c, user, opened.sessionId, opened.token)
  }

  const end = (sessionId: string): void => {
    tokens.forget({ sessionId })
    hub.sessionRevoked(sessionId)
  }

  return new Hono<AppEnv>()
    .post(
      '/signup',
      describe({
        summary: 'Make an account and sign in; the first one is the owner',
        tags,
        auth: false,
        responses: { 201: signedInSchema },
        errors: ['registration_closed', 'email_taken', 'handle_taken'],
      }),
      validate('json', signUpSchema),
      async (c) => {
        const { email, password, name, handle } = c.req.valid('json')
        tries.beforeSignUp(peerAddress(c))
        if (config.REGISTRATION === 'closed' && (await accounts.hasUsers())) {
          throw new AppError('registration_closed', 'New accounts are closed here')
        }
        refuseCommon(password, 'password', [email.split('@')[0] ?? '', name, handle ?? ''])
        const passwordHash = await hashPassword(password)
        const user = await accounts.create({ id: newId(), email, passwordHash, name, handle })
        log.info('audit: signed up {userId} {role}', { userId: user.id, role: user.role })
        return c.json(await start(c, user), 201)
      },
    )
    .post(
      '/signin',
      describe({
        summary: 'Sign in',
        tags,
        auth: false,
        responses: { 200: signedInSchema },
        errors: ['invalid_credentials', 'overloaded'],
      }),
      validate('json', signInSchema),
      async (c) => {
        const { email, password } = c.req.valid('json')
        const ip = peerAddress(c)
        tries.beforeSignIn(email, ip)
        const account = await accounts.byEmail(email)
        if (!(await isPassword(password, account?.passwordHash)) || !account) {
          tries.wrong(email, ip)
          log.warn('audit: sign-in failed {userId} from {ip}', {
            userId: account?.me.id ?? null,
            ip,
          })
          throw new AppError('invalid_credentials', 'The e-mail address or the password is wrong')
        }
        tries.right(email, ip)
        return c.json(await start(c, account.me), 200)
      },
    )
    .post(
      '/refresh',
      describe({
        summary: 'A new access token for the refresh cookie, which is rotated',
        tags,
        auth: false,
        responses: { 200: signedInSchema },
        errors: ['unauthenticated', 'session_revoked', 'bad_origin'],
      }),
      async (c) => {
        const token = readRefreshCookie(c, config)
        if (!token) throw new AppError('unauthenticated', 'There is no refresh cookie: sign in')
        const rotation = await sessions.rotate(token)
        if (!rotation.ok) {
          dropRefreshCookie(c, config)
          if (rotation.reason === 'reused') {
            end(rotation.sessionId)
            const { userId, sessionId } = rotation
            log.warn('audit: refresh token reused, session ended {userId} {sessionId}', {
              userId,
              sessionId,
            })
          }
          throw new AppError('session_revoked', 'This session has ended: sign in again')
        }
        const account = await accounts.byId(rotation.userId)
        if (!account) throw new AppError('session_revoked', 'This session has ended: sign in again')
        return c.json(await answer(c, account.me, rotation.sessionId, rotation.token), 200)
      },
    )
    .post(
      '/signout',
      describe({
        summary: 'End the session of the refresh cookie or of the access token',
        tags,
        auth: false,
        responses: { 200: doneSchema },
      }),
      async (c) => {
        const token = readRefreshCookie(c, config)
        const ids = new Map<string, string>()
        const rotation = token === undefined ? null : await sessions.rotate(token)
        if (rotation?.ok) ids.set(rotation.sessionId, rotation.userId)
        const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
        // A token that has ended is no reason to stay signed in.
        const asker = bearer ? await tokens.verify(bearer).catch(() => null) : null
        if (asker) ids.set(asker.sessionId, asker.user.id)
        for (const [sessionId, userId] of ids) {
          await sessions.revoke(userId, sessionId)
          end(sessionId)
          log.info('audit: signed out {userId} {sessionId}', { userId, sessionId })
        }
        dropRefreshCookie(c, config)
        return c.json(done, 200)
      },
    )
    .get(
      '/sessions',
      describe({
        summary: 'My sessions, the last used first',
        tags,
        responses: { 200: z.object({ sessions: z.array(sessionSchema) }) },
      }),
      signedIn,
      async (c) => {
        const { user, sessionId } = c.var.asker
        return c.json({ sessions: await sessions.list(user.id, sessionId) }, 200)
      },
    )
    .delete(
      '/sessions/:id',
      describe({
        summary: 'End one of my sessions',
        tags,
        responses: { 200: doneSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', z.object({ id: idSchema })),
      async (c) => {
        const { id } = c.req.valid('param')
        const userId = c.var.asker.user.id
        if (!(await sessions.revoke(userId, id))) throw new AppError('not_found', 'No such session')
        end(id)
        log.info('audit: session revoked {userId} {sessionId}', { userId, sessionId: id })
        return c.json(done, 200)
      },
    )
    .post(
      '/sessions/revoke-others',
      describe({
        summary: 'End all my sessions but this one',
        tags,
        responses: { 200: doneSchema },
      }),
      signedIn,
      async (c) => {
        const { user, sessionId } = c.var.asker
        for (const id of await sessions.revokeOthers(user.id, sessionId)) end(id)
        log.info('audit: other sessions revoked {userId}', { userId: user.id })
        return c.json(done, 200)
      },
    )
    .post(
      '/password',
      describe({
        summary: 'Change my password; every other session of mine ends',
        tags,
        responses: { 200: doneSchema },
        errors: ['invalid_credentials'],
      }),
      signedIn,
      validate('json', changePasswordSchema),
      async (c) => {
        const { currentPassword, newPassword } = c.req.valid('json')
        const { user, sessionId } = c.var.asker
        const account = await accounts.byId(user.id)
        const ip = peerAddress(c)
        tries.beforeSignIn(user.id, ip)
        if (!(await isPassword(currentPassword, account?.passwordHash)) || !account) {
          tries.wrong(user.id, ip)
          throw new AppError('invalid_credentials', 'The current password is wrong', {
            fields: [{ field: 'currentPassword', message: 'is wrong' }],
          })
        }
        refuseCommon(newPassword, 'newPassword', [
          user.name,
          user.handle,
          account.me.email.split('@')[0] ?? '',
        ])
        await accounts.setPassword(user.id, await hashPassword(newPassword))
        for (const id of await sessions.revokeOthers(user.id, sessionId)) end(id)
        log.info('audit: password changed {userId}', { userId: user.id })
        return c.json(done, 200)
      },
    )
}
