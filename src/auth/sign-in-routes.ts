import { Hono } from 'hono'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { bearerToken } from '../http/authenticate.ts'
import { dropFileCookie } from '../http/file-cookie.ts'
import { describe } from '../http/describe.ts'
import { peerAddress } from '../http/peer-address.ts'
import { validate } from '../http/validate.ts'
import { AppError } from '../protocol/errors.ts'
import { signedInSchema, signInSchema, signUpSchema } from '../protocol/users.ts'
import { done, doneSchema, tags, userAgentOf, type AccountDesk } from './account-desk.ts'
import { registrationClosed } from './account-store.ts'
import { refuseCommon } from './common-passwords.ts'
import { hashPassword, isPassword } from './password.ts'
import { dropRefreshCookie, readRefreshCookie } from './refresh-token.ts'

const wrong = (): AppError =>
  new AppError('invalid_credentials', 'The e-mail address or the password is wrong')
const ended = (): AppError =>
  new AppError('session_revoked', 'This session has ended: sign in again')

/** In, onward and out. */
export function signInRoutes(deps: AppDeps, desk: AccountDesk) {
  const { config, tokens, log, newId } = deps
  const { accounts, sessions, tries } = desk

  return new Hono<AppEnv>()
    .post(
      '/signup',
      describe({
        summary: 'Make an account and sign in; the first one is the owner',
        tags,
        auth: false,
        responses: { 201: signedInSchema },
        errors: ['registration_closed', 'email_taken', 'handle_taken', 'overloaded'],
      }),
      validate('json', signUpSchema),
      async (c) => {
        const { email, password, name, handle } = c.req.valid('json')
        tries.beforeSignUp(peerAddress(c))
        const isOpen = config.REGISTRATION === 'open'
        if (!isOpen && (await accounts.hasUsers())) throw registrationClosed()
        refuseCommon(password, 'password', [email, name, handle ?? ''])
        const passwordHash = await hashPassword(password)
        const account = { id: newId(), email, passwordHash, name, handle }
        const user = await accounts.create(account, { isOpen })
        log.info('audit: signed up {userId} {role}', { userId: user.id, role: user.role })
        const session = await sessions.open({
          userId: user.id,
          passwordHash,
          userAgent: userAgentOf(c),
        })
        if (!session) throw wrong()
        return c.json(await desk.answer(c, user, session), 201)
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
        const isRight = await isPassword(password, account?.passwordHash)
        const userId = account?.me.id ?? null
        const session =
          isRight && account
            ? await sessions.open({
                userId: account.me.id,
                passwordHash: account.passwordHash,
                userAgent: userAgentOf(c),
              })
            : null
        if (!account || !session) {
          log.warn('audit: sign-in failed {userId} from {ip}', { userId, ip })
          throw wrong()
        }
        tries.right(email, ip)
        log.info('audit: signed in {userId} {sessionId}', { userId, sessionId: session.sessionId })
        return c.json(await desk.answer(c, account.me, session), 200)
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
          if (rotation.reason !== 'reused') throw ended()
          const { userId, sessionId } = rotation
          desk.ended(sessionId)
          log.warn('audit: refresh token reused, session ended {userId} {sessionId}', {
            userId,
            sessionId,
          })
          throw ended()
        }
        const account = await accounts.byId(rotation.userId)
        if (!account) throw ended()
        return c.json(await desk.answer(c, account.me, rotation), 200)
      },
    )
    .post(
      '/signout',
      describe({
        summary: 'End the session of the refresh cookie or of the access token',
        tags,
        auth: false,
        responses: { 200: doneSchema },
        errors: ['bad_origin'],
      }),
      async (c) => {
        const cookie = readRefreshCookie(c, config)
        const bearer = bearerToken(c)
        const mine = [
          cookie === undefined ? undefined : await sessions.ofToken(cookie),
          bearer === undefined ? undefined : await sessionOf(bearer),
        ]
        for (const session of mine) {
          // Both name the same session as a rule; the second time there is nothing to end.
          if (!session || !(await sessions.revoke(session.userId, session.sessionId))) continue
          desk.ended(session.sessionId)
          log.info('audit: signed out {userId} {sessionId}', session)
        }
        dropRefreshCookie(c, config)
        dropFileCookie(c, config)
        return c.json(done, 200)
      },
    )

  async function sessionOf(bearer: string) {
    try {
      const { user, sessionId } = await tokens.verify(bearer)
      return { userId: user.id, sessionId }
    } catch (error) {
      // A token that has ended is no reason to stay signed in.
      if (error instanceof AppError) return undefined
      throw error
    }
  }
}
