import { AppError } from '../protocol/errors.ts'

/** Not a dotfile, and not a file that is missing. */
const isPagePath = (path: string): boolean => !/\/\.|\.\w+$/.test(path)

/** The built web client from the assets; addresses of the client itself get its one page. */
export async function edgePage(request: Request, assets: Fetcher): Promise<Response> {
  const { pathname } = new URL(request.url)
  const found = await assets.fetch(request)
  if (found.status !== 404 && pathname !== '/') {
    const isHashed = pathname.startsWith('/assets/')
    return cached(found, isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  }
  const accepts = request.headers.get('accept') ?? '*/*'
  if (!isPagePath(pathname) || !/text\/html|\*\/\*/.test(accepts)) {
    throw new AppError('not_found', 'There is nothing at this address')
  }
  return cached(await assets.fetch(new URL('/index.html', request.url), request), 'no-cache')
}

function cached(found: Response, caching: string): Response {
  const answer = new Response(found.body, found)
  answer.headers.set('Cache-Control', caching)
  answer.headers.set('Vary', 'Accept-Encoding')
  return answer
}
