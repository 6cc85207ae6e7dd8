/** What a page of the made-up web says in its head. */
export interface PageHead {
  title?: string
  description?: string
  site?: string
  /** The path of a picture. */
  image?: string
}

/**
 * A web for link previews: an HTTP proxy that a server is told of by `HTTP_PROXY`. The guard of previews
 * lets no address of this machine through, so pages are at one of the open internet, and what asks
 * for it comes here.
 */
export interface WebOfPages {
  origin: string
  at: (path: string) => string
  serve: (path: string, head: PageHead) => void
  servePicture: (path: string, bytes: Uint8Array<ArrayBuffer>, type: string) => void
  /** The page is asked for and waited for until the returned function gives it. */
  hold: (path: string) => (head: PageHead) => void
  /** The headers of the requests for a path, in order. */
  requests: (path: string) => Record<string, string>[]
  /** How many requests there were for anything. */
  count: () => number
  stop: () => Promise<void>
}

const host = '93.184.216.34'

export function startWebOfPages(): WebOfPages {
  const pages = new Map<string, Promise<Response> | (() => Response)>()
  const asked: { path: string; headers: Record<string, string> }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      asked.push({ path: pathname, headers: Object.fromEntries(request.headers) })
      const page = pages.get(pathname)
      const found = typeof page === 'function' ? page() : await page
      return found ?? new Response(null, { status: 404 })
    },
  })
  return {
    origin: `http://127.0.0.1:${server.port}`,
    at: (path) => `http://${host}${path}`,
    serve: (path, head) => void pages.set(path, () => pageOf(head)),
    servePicture: (path, bytes, type) =>
      void pages.set(path, () => new Response(bytes, { headers: { 'content-type': type } })),
    hold: (path) => {
      const { promise, resolve } = Promise.withResolvers<Response>()
      pages.set(path, promise)
      return (head) => resolve(pageOf(head))
    },
    requests: (path) => asked.filter((one) => one.path === path).map(({ headers }) => headers),
    count: () => asked.length,
    stop: () => server.stop(true),
  }
}

function pageOf({ title, description, site, image }: PageHead): Response {
  const metas = {
    'og:title': title,
    'og:description': description,
    'og:site_name': site,
    'og:image': image,
  }
  const head = Object.entries(metas).map(([name, content]) =>
    content === undefined
      ? ''
      : `<meta property="${name}" content="${content.replaceAll('"', '&quot;')}">`,
  )
  return new Response(`<!doctype html><html><head>${head.join('')}</head><body></body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}
