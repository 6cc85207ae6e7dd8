import { Hono } from 'hono'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { peerAddress } from '../http/peer-address.ts'
import { validate } from '../http/validate.ts'
import { AppError } from '../protocol/errors.ts'
import { changePasswordSchema } from '../protocol/users.ts'
import { done, doneSchema, tags, type AccountDesk } from './account-desk.ts'
import { refuseCommon } from './common-passwords.ts'
import { hashPassword, isPassword } from './password.ts'

const wrong = (): AppError =>
  new AppError('invalid_credentials', 'The current password is wrong', {
    fields: [{ field: 'currentPassword', message: 'is wrong' }],
  })

/** The password of whoever is signed in. */
export function passwordRoutes(deps: AppDeps, { accounts, tries, ended }: AccountDesk) {
  const { log, clock } = deps
  return new Hono<AppEnv>().post(
    '/password',
    describe({
      summary: 'Change my password; every other session of mine ends',
      tags,
      responses: { 200: doneSchema },
      errors: ['invalid_credentials', 'overloaded'],
    }),
    authenticate(deps),
    validate('json', changePasswordSchema),
    async (c) => {
      const { currentPassword, newPassword } = c.req.valid('json')
      const { user, sessionId } = c.var.asker
      const ip = peerAddress(c)
      tries.beforeSignIn(user.id, ip)
      const account = await accounts.byId(user.id)
      if (!(await isPassword(currentPassword, account?.passwordHash)) || !account) {
        log.warn('audit: password change refused {userId} from {ip}', { userId: user.id, ip })
        throw wrong()
      }
      tries.right(user.id, ip)
      refuseCommon(newPassword, 'newPassword', [account.me.email, user.name, user.handle])
      const endedIds = await accounts.changePassword({
        userId: user.id,
        oldHash: account.passwordHash,
        newHash: await hashPassword(newPassword),
        keepSessionId: sessionId,
        at: new Date(clock()),
      })
      // Somebody else changed it since it was checked.
      if (!endedIds) throw wrong()
      for (const id of endedIds) ended(id)
      log.info('audit: password changed {userId}', { userId: user.id })
      return c.json(done, 200)
    },
  )
}
