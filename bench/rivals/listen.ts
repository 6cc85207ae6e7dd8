import type { Server } from 'node:http'

/** Listens on a free port and says where. */
export function listen(http: Server): void {
  http.listen(0, '127.0.0.1', 4096, () => {
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('It listens nowhere')
    console.log(`at http://127.0.0.1:${address.port}/`)
  })
}
