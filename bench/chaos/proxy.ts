import { now } from './now.ts'
import { type Socket, connect, createServer } from 'node:net'
import { type Pipe, type Weather, createPipe, fairWeather } from './pipe.ts'

/** A connection that carries nothing any more and tells nobody: when each end gave it up. */
export interface HalfOpen {
  nearGoneMs: Promise<number>
  farGoneMs: Promise<number>
}

/** A TCP proxy that does to its connections what networks do. Near is who connects to it. */
export interface Proxy {
  port: number
  connections: () => number
  /** The port that each connection to the far end comes from, in their order. */
  farPorts: () => readonly number[]
  /** Of all connections, in both directions; the bound of bytes holds for what near reads. */
  setWeather: (weather: Partial<Weather>) => void
  /** Ends a share of the connections with a RST to both ends; answers how many. */
  reset: (share?: number) => number
  /** From now on nothing passes on the connections there are; new ones work. */
  freeze: () => HalfOpen[]
  /** Resets all, and every new one, until `mend`. */
  cut: () => void
  mend: () => void
  close: () => Promise<void>
}

interface ProxyOptions {
  /** The port on loopback that the next connection goes to. */
  target: () => number
  /** In [0, 1), seeded. */
  random: () => number
}

interface Link {
  near: Socket
  far: Socket
  up: Pipe
  down: Pipe
  isFrozen: boolean
}

export async function createProxy({ target, random }: ProxyOptions): Promise<Proxy> {
  const links = new Set<Link>()
  const farPorts: number[] = []
  let weather = fairWeather
  let isCut = false

  /** Who connects is believed to send little. */
  const upWeather = (): Weather => ({ ...weather, bytesPerSecond: Infinity })

  const resetLink = (link: Link): void => {
    links.delete(link)
    link.up.drop()
    link.down.drop()
    link.near.resetAndDestroy()
    link.far.resetAndDestroy()
  }

  const ended = (link: Link, gone: Socket, other: Socket, onward: Pipe): void => {
    if (!link.isFrozen) {
      links.delete(link)
      // What was refused or reset looks so to the other end.
      if (gone.errored) other.resetAndDestroy()
      else onward.end()
    } else if (other.destroyed) {
      links.delete(link)
    }
  }

  const server = createServer((near) => {
    // An error is always followed by a close.
    near.on('error', () => {})
    if (isCut) {
      near.resetAndDestroy()
      return
    }
    near.setNoDelay(true)
    const far = connect({ port: target(), host: '127.0.0.1', noDelay: true })
    far.on('error', () => {})
    far.once('connect', () => farPorts.push(far.localPort ?? 0))
    const up = createPipe(near, far, upWeather(), random)
    const down = createPipe(far, near, weather, random)
    const link: Link = { near, far, up, down, isFrozen: false }
    links.add(link)
    near.on('close', () => ended(link, near, far, up))
    far.on('close', () => ended(link, far, near, down))
  })

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })

  return {
    port,
    connections: () => links.size,
    farPorts: () => farPorts,
    setWeather(change) {
      weather = { ...weather, ...change }
      for (const { up, down } of links) {
        up.setWeather(upWeather())
        down.setWeather(weather)
      }
    },
    reset(share = 1) {
      const picked = [...links].filter(() => random() < share)
      for (const link of picked) resetLink(link)
      return picked.length
    },
    freeze: () =>
      [...links].map((link) => {
        link.isFrozen = true
        link.up.drop()
        link.down.drop()
        return { nearGoneMs: goneAt(link.near), farGoneMs: goneAt(link.far) }
      }),
    cut() {
      isCut = true
      for (const link of links) resetLink(link)
    },
    mend() {
      isCut = false
    },
    async close() {
      isCut = true
      for (const link of links) resetLink(link)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const goneAt = (socket: Socket): Promise<number> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve(now()))
  })
