import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { userSettingsSchema } from '../protocol/settings.ts'
import { changeSettings, settingsOf } from './store.ts'

const responses = { 200: z.object({ settings: userSettingsSchema }) }
const tags = ['Settings']

/** Mounted at `/api/settings`. */
export function settingsRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({ summary: 'What I have set for myself', tags, responses }),
      signedIn,
      async (c) => c.json({ settings: await settingsOf(deps.sql, c.get('asker').user.id) }, 200),
    )
    .patch(
      '/',
      describe({ summary: 'Set some of it', tags, responses }),
      signedIn,
      validate('json', userSettingsSchema),
      async (c) => {
        const me = c.get('asker').user.id
        const settings = await changeSettings(deps.sql, me, c.req.valid('json'))
        deps.hub.tell(me, { type: 'settings', settings })
        return c.json({ settings }, 200)
      },
    )
}
