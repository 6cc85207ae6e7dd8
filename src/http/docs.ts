import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { docsPage } from './docs-page.ts'
import { docsStyle } from './docs-style.ts'
import { openApiOf } from './openapi.ts'
import type { OpenApi } from './openapi.ts'

/** Under `/api`: the OpenAPI document of `app`, and a page that shows it. Both are made on first use. */
export function docsRoutes(app: Hono<AppEnv>): Hono<AppEnv> {
  let made: Promise<{ document: OpenApi; page: string }> | undefined
  const docs = () => (made ??= makeDocs(app))

  return new Hono<AppEnv>()
    .get('/openapi.json', async (c) => c.json((await docs()).document))
    .get('/docs', async (c) => c.html((await docs()).page))
    .get('/docs/style.css', (c) =>
      c.body(docsStyle, 200, {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'no-cache',
      }),
    )
}

async function makeDocs(app: Hono<AppEnv>): Promise<{ document: OpenApi; page: string }> {
  const document = await openApiOf(app)
  return { document, page: String(await docsPage(document)) }
}
