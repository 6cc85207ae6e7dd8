import { Hono } from 'hono'
import { settingsOf, type EdgeEnv } from './adapters/edge-env.ts'
import { edgePage } from './adapters/edge-page.ts'
import { parseConfig } from './config.ts'
import type { AppEnv } from './http/context.ts'
import { onError, unknownRoute } from './http/errors.ts'
import { securityHeaders } from './http/headers.ts'

export { HubObject } from './adapters/hub-object.ts'

/** All of a Parley is in one object, which has this name. */
const hubName = 'parley'
const isServers = (path: string): boolean => /^\/(api|ws|healthz|readyz)(\/|$)/.test(path)

/** The Worker: the web client from the assets, everything else from the object. */
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (isServers(pathname)) return env.HUB.getByName(hubName).fetch(request)
    const config = parseConfig(settingsOf(env))
    const page = new Hono<AppEnv>()
      .onError(onError)
      .use(securityHeaders({ config }))
      .get('*', (c) => edgePage(c.req.raw, env.ASSETS))
    page.all('*', unknownRoute(page))
    return page.fetch(request)
  },
} satisfies ExportedHandler<EdgeEnv>
