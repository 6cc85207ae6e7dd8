import { Hono } from 'hono'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { createAccountDesk } from './account-desk.ts'
import { passwordRoutes } from './password-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Under `/api/auth`. */
export function authRoutes(deps: AppDeps) {
  const desk = createAccountDesk(deps)
  return new Hono<AppEnv>()
    .route('/', signInRoutes(deps, desk))
    .route('/', sessionRoutes(deps, desk))
    .route('/', passwordRoutes(deps, desk))
}
