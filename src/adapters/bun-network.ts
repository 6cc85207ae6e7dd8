import { lookup } from 'node:dns/promises'
import type { Network } from '../links/guarded-get.ts'
import { isAddress } from '../links/public-address.ts'

/**
 * The open network as Bun reaches it. A request goes to the address itself, written into the URL, so
 * nothing looks a name up between the vetting and the connection (security 47); the name is said in
 * `Host`, and over TLS in SNI, where the certificate has to be the name's.
 */
export const bunNetwork: Network = {
  resolve: async (host) => {
    const all = await lookup(host, { all: true })
    return all.map(({ address }) => address)
  },
  request: ({ url, address, headers, signal }) => {
    const target = new URL(url)
    target.hostname = address.includes(':') ? `[${address}]` : address
    target.hash = ''
    return fetch(target, {
      headers: { ...headers, host: url.host },
      redirect: 'manual',
      signal,
      // A connection is kept by its address, and another name may live there.
      keepalive: false,
      decompress: false,
      ...(!isAddress(url.hostname) && { tls: { serverName: url.hostname } }),
    })
  },
}
