import { expect, test } from 'bun:test'
import { isAddress, publicAddress } from './public-address.ts'

const closed = `
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.7 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::2 ::127.0.0.1 ::7f00:1 ::ffff:10.0.0.1 ::ffff:a00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8
::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 fe80::1 fe80::1%eth0 fec0::1
fc00::1 fd00::1 fdff:ffff::1 ff02::1 2001::1 2001:2::1 2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::
3fff::1 5f00::1 4000::1 a000::1 1.2.3 0x7f.0.0.1 127.1 2130706433 localhost example.com 1.2.3.4.5 256.1.1.1
`
const open = `1.1.1.1 8.8.8.8 93.184.216.34 172.15.0.1 172.32.0.1 100.63.255.255 100.128.0.1 192.169.0.1
11.0.0.1 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:81b::200e [2606:4700::1111]`

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

for (const address of words(closed)) {
  test(`security 46: ${address} is not of the open internet`, () => {
    expect(publicAddress(address)).toBeNull()
    expect(publicAddress(`[${address}]`)).toBeNull()
  })
}

for (const address of words(open)) {
  test(`${address} is of the open internet`, () => {
    expect(publicAddress(address)).not.toBeNull()
  })
}

test('security 46: every spelling of an address is one address to the URL parser', () => {
  const spellings = ['0x7f000001', '2130706433', '0177.0.0.1', '127.1', '0x7f.1', '①②⑦.0.0.1']
  for (const spelling of spellings) {
    const host = URL.parse(`http://${spelling}/`)?.hostname ?? ''
    expect([spelling, host, isAddress(host), publicAddress(host)]).toEqual([
      spelling,
      '127.0.0.1',
      true,
      null,
    ])
  }
  expect(isAddress('[::1]')).toBe(true)
  expect(isAddress('1.2.3.4.example.com')).toBe(false)
})
