import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/** The other side's address, as the entry of the runtime found it by `addressOf`. */
export const peerAddress = (c: Context<AppEnv>): string => c.env?.peerAddress ?? 'unknown'

/**
 * The address that limits count. `X-Forwarded-For` is believed only behind a trusted proxy, and of
 * it only the last entry: that one the proxy wrote itself (security 37). Of IPv6 it is the /64, for
 * a household is given a whole one.
 */
export function addressOf(
  headers: Headers,
  socketAddress: string | undefined,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
  return networkOf(forwarded || (socketAddress ?? 'unknown'))
}

function networkOf(address: string): string {
  const bare = address.toLowerCase().replace(/^\[|\](:\d+)?$|%.*$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (mapped) return mapped
  if (!bare.includes(':') || bare === '::1') return bare
  const [head = '', tail] = bare.split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const left = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(left).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
