import ipaddr from 'ipaddr.js'

/** Where global unicast IPv6 is given out; what lies beside it is internal, mapped or unknown. */
const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * The address, written plainly, when it is one of the open internet; null for what is ours, of this
 * network, reserved, or an IPv4 in the clothes of IPv6 (security 46). `text` is what a resolver or
 * `URL.hostname` says, an IPv6 with or without its brackets.
 */
export function publicAddress(text: string): string | null {
  const bare = text.replace(/^\[|\]$/g, '')
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) {
    const address = ipaddr.IPv4.parse(bare)
    return address.range() === 'unicast' ? address.toString() : null
  }
  if (!ipaddr.IPv6.isValid(bare) || bare.includes('%')) return null
  const address = ipaddr.IPv6.parse(bare)
  return address.range() === 'unicast' && address.match(globalIpv6) ? address.toString() : null
}

/** Whether a host is an address and not a name. `URL` has written every spelling of one the same way. */
export const isAddress = (host: string): boolean =>
  host.startsWith('[') || ipaddr.IPv4.isValidFourPartDecimal(host)
