import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/**
 * Whom limits count: the address of the other side; of IPv6 its /64, for a whole one is handed to
 * each household. Set by `trustAddress` for every request of the app.
 */
export const peerAddress = (c: Context<AppEnv>): string =>
  c.get('address') ?? networkOf(c.env?.peerAddress ?? 'unknown')

/**
 * The address that a request counts for. `X-Forwarded-For` is believed only behind a proxy that the
 * operator named, and of it only the last entry: the one which that proxy wrote (security 37).
 */
export function addressOf(c: Context<AppEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
  return networkOf(forwarded || (c.env?.peerAddress ?? 'unknown'))
}

export function networkOf(address: string): string {
  const bare = address.toLowerCase().replace(/^\[|\](:\d+)?$|%.*$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (mapped) return mapped
  if (!bare.includes(':') || bare === '::1') return bare
  const [head = '', tail] = bare.split('::')
  const groups = head ? head.split(':') : []
  const rest = tail ? tail.split(':') : []
  const zeros =
    tail === undefined ? [] : Array(Math.max(0, 8 - groups.length - rest.length)).fill('0')
  const all = [...groups, ...zeros, ...rest]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
