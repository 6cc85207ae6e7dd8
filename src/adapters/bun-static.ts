import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'

const packings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
]

interface Asset {
  path: string
  type: string
  etag: string
  /** The files made at build time beside it. */
  packed: { name: string; path: string }[]
}

/**
 * Serves the built web client from a list made at the start: what is not on it does not exist, so no
 * path leads out of it (security 59). Addresses of the client itself get its one page.
 */
export async function openStatic(root: string): Promise<(c: Context<AppEnv>) => Response> {
  const assets = await scan(root)
  return (c) => {
    const { path } = c.req
    const asset = assets.get(path)
    if (asset && path !== '/index.html') {
      // Their names hold a hash of what is in them.
      const isHashed = path.startsWith('/assets/')
      return send(c, asset, isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    }
    const page = assets.get('/index.html')
    if (!page || !isPagePath(path) || !/text\/html|\*\/\*/.test(c.req.header('accept') ?? '*/*')) {
      throw new AppError('not_found', 'There is nothing at this address')
    }
    return send(c, page, 'no-cache')
  }
}

/** Not a dotfile, and not a file that is missing. */
const isPagePath = (path: string): boolean => path === '/index.html' || !/\/\.|\.\w+$/.test(path)

function send(c: Context<AppEnv>, asset: Asset, caching: string): Response {
  const headers = new Headers({
    'Content-Type': asset.type,
    'Cache-Control': caching,
    ETag: asset.etag,
    Vary: 'Accept-Encoding',
  })
  if (c.req.header('if-none-match')?.includes(asset.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((name) => name.trim())
  const packed = asset.packed.find(({ name }) => accepted.includes(name))
  if (packed) headers.set('Content-Encoding', packed.name)
  return new Response(Bun.file(packed?.path ?? asset.path), { headers })
}

/** Packed forms go by the name of the whole one; dotfiles are for tools. */
const isUnasked = (name: string): boolean =>
  name.startsWith('.') || packings.some(({ suffix }) => name.endsWith(suffix))

async function scan(root: string): Promise<Map<string, Asset>> {
  const assets = new Map<string, Asset>()
  if (!existsSync(root)) return assets
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || isUnasked(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const file = Bun.file(path)
    assets.set(`/${relative(root, path).split(sep).join('/')}`, {
      path,
      type: file.type,
      // Weak: the same for its packed forms.
      etag: `W/"${Bun.hash(await file.bytes()).toString(36)}"`,
      packed: packings
        .map(({ name, suffix }) => ({ name, path: path + suffix }))
        .filter((packed) => existsSync(packed.path)),
    })
  }
  return assets
}
