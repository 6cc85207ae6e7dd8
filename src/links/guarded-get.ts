import { isAddress, publicAddress } from './public-address.ts'

/** What the guard needs of the runtime: nothing else of it touches the network. */
export interface Network {
  /** Every address of a name, IPv4 and IPv6. */
  resolve: (host: string) => Promise<string[]>
  /** One GET to exactly `address`, no name looked up, no redirect followed, nothing decompressed. */
  request: (target: NetworkTarget) => Promise<Response>
}

export interface NetworkTarget {
  url: URL
  /** Vetted. IPv6 without brackets. */
  address: string
  headers: Record<string, string>
  signal: AbortSignal
}

export interface Wanted {
  /** Media types that are of use, such as `text/html`. */
  types: readonly string[]
  maxBytes: number
  /** More than `maxBytes`: use what came so far, or refuse it. */
  whenLarger: 'cut' | 'refuse'
}

export interface Fetched {
  /** Where the redirects ended. */
  url: URL
  /** Lower-case, without parameters. */
  type: string
  /** Of the `Content-Type`, as it says. */
  charset: string | null
  bytes: Uint8Array<ArrayBuffer>
}

/** Why nothing was got. The message names no address: what is told of it must not map a network. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused'
}

const maxRedirects = 3
const timeoutMs = 5_000
const ports = new Set(['', '80', '443'])
const redirects = new Set([301, 302, 303, 307, 308])
const userAgent = 'Mozilla/5.0 (compatible; Parley link preview)'

/**
 * GET for addresses that strangers choose (security 46, 47): http and https on their own ports, to
 * hosts of which every address is of the open internet; the vetted address is the one connected to,
 * so a name that changes its mind between the two changes nothing. Each redirect is vetted anew.
 * Carries no cookie, no credentials, no referrer. Takes 5 s in all.
 * @throws FetchRefused, or what the network threw
 */
export async function guardedGet(
  network: Network,
  from: string,
  wanted: Wanted,
  stop?: AbortSignal,
): Promise<Fetched> {
  const end = new AbortController()
  const signal = AbortSignal.any([
    end.signal,
    AbortSignal.timeout(timeoutMs),
    ...(stop ? [stop] : []),
  ])
  try {
    let url = vetUrl(URL.parse(from))
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const address = await vettedAddress(network, url, signal)
      const target = { url, address, headers: headersFor(wanted), signal }
      const response = await orAborted(network.request(target), signal)
      if (!redirects.has(response.status)) return await read(response, url, wanted, signal)
      url = vetUrl(URL.parse(response.headers.get('location') ?? '', url.href))
    }
    throw new FetchRefused('too many redirects')
  } finally {
    // Whatever is still under way: the connection is not kept.
    end.abort()
  }
}

const headersFor = ({ types }: Wanted): Record<string, string> => ({
  accept: types.join(', '),
  // A few compressed bytes can be gigabytes.
  'accept-encoding': 'identity',
  'accept-language': 'en;q=0.8, *;q=0.5',
  'user-agent': userAgent,
})

function vetUrl(url: URL | null): URL {
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new FetchRefused('no web address')
  if (!ports.has(url.port)) throw new FetchRefused('another port than 80 and 443')
  if (url.username !== '' || url.password !== '') throw new FetchRefused('credentials')
  return url
}

async function vettedAddress(network: Network, url: URL, signal: AbortSignal): Promise<string> {
  const host = url.hostname
  const all = isAddress(host) ? [host] : await orAborted(network.resolve(host), signal)
  const vetted = all.map(publicAddress)
  const [first] = vetted
  // All of them: a name with one foot inside is not for strangers to point us at.
  if (!first || vetted.includes(null)) throw new FetchRefused('not of the open internet')
  return first
}

/** A lookup can't be called off: it is let be. The rest should end by the signal, and is not trusted to. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const aborted = () => reject(new FetchRefused('too slow'))
  if (signal.aborted) aborted()
  signal.addEventListener('abort', aborted)
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', aborted))
}

async function read(
  response: Response,
  url: URL,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Fetched> {
  if (!response.ok) throw new FetchRefused(`status ${response.status}`)
  const { type, charset } = contentTypeOf(response.headers)
  if (!wanted.types.includes(type)) throw new FetchRefused('another type')
  const encoding = response.headers.get('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw new FetchRefused('compressed')
  const bytes = await orAborted(readBytes(response, wanted), signal)
  return { url, type, charset, bytes }
}

async function readBytes(response: Response, wanted: Wanted): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes, whenLarger } = wanted
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    size += part.length
    if (size <= maxBytes) continue
    if (whenLarger === 'refuse') throw new FetchRefused('too large')
    break
  }
  const all = new Uint8Array(Math.min(size, maxBytes))
  let at = 0
  for (const part of parts) {
    const fits = part.subarray(0, all.length - at)
    all.set(fits, at)
    at += fits.length
  }
  return all
}

function contentTypeOf(headers: Headers): { type: string; charset: string | null } {
  const given = headers.get('content-type') ?? ''
  return {
    type: (given.split(';')[0] ?? '').trim().toLowerCase(),
    charset: /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(given)?.[1] ?? null,
  }
}
