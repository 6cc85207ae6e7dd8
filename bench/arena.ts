import { call, createClient } from '../src/client.ts'
import { findCluster, findRunning } from '../src/db/embedded-cluster.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { type Contestant, type ContestantName, type Rival, startRival } from './contestants.ts'
import type { LoadRoom } from './load/jobs.ts'
import { type World, createServerProcess, populate } from './server-process.ts'

/** A world as it was populated. */
export interface Populated {
  rooms: LoadRoom[]
  tokens: string[]
}

/** Parley and its rivals, all up at once, each idle while another is measured. */
export interface Arena {
  contestants: Contestant[]
  /** In the order asked for. */
  worlds: Populated[]
  /** Ends Parley and its database and starts both again: nothing of it is warm but the files. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

const open = new Set<Arena>()

/**
 * Starts Parley on a database of its own, with these worlds in it, and the rivals beside it. `prepare`
 * may change what was populated before any server has seen it.
 */
export async function openArena(
  worlds: World[],
  names: readonly ContestantName[],
  prepare: (dataDir: string) => Promise<void> = () => Promise.resolve(),
): Promise<Arena> {
  const server = await createServerProcess()
  const rivals: Rival[] = []
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    for (const rival of rivals) await rival.stop()
    await server.stop()
    open.delete(arena)
  }
  const arena: Arena = {
    contestants: [],
    worlds: [],
    async restart() {
      await server.kill()
      await (await startEmbedded({ dataDir: server.dataDir })).stop()
      await start()
    },
    // Once, whoever asks: a signal may come while a bench ends.
    stop: () => (stopped ??= stop()),
  }
  const start = async (): Promise<void> => {
    await server.start()
    const postgres = await findRunning(findCluster(server.dataDir, []))
    const parley: Contestant = {
      name: 'parley',
      target: { url: server.url, dialect: 'frames' },
      watch: { server: server.pid(), ...(postgres && { postgres: postgres.pid }) },
    }
    arena.contestants = [parley, ...rivals.map(({ contestant }) => contestant)]
  }

  open.add(arena)
  try {
    const tokens: string[][] = []
    for (const [at, world] of worlds.entries()) {
      // Each entry becomes a flag of `populate`: by this one several worlds fit into one database.
      const named: World & { prefix: string } = { ...world, prefix: `w${at}x` }
      tokens.push(await populate(server.dataDir, named))
    }
    await prepare(server.dataDir)
    await start()
    for (const name of names) {
      const rival = name === 'parley' ? null : await startRival(name, server.dataDir)
      if (rival) rivals.push(rival)
    }
    arena.contestants.push(...rivals.map(({ contestant }) => contestant))
    for (const [at, { members, rooms }] of worlds.entries()) {
      const own = tokens[at] ?? []
      arena.worlds.push({ tokens: own, rooms: await roomsOf(server.url, own, members, rooms) })
    }
    return arena
  } catch (error) {
    await arena.stop()
    throw error
  }
}

/** Stops what a signal interrupts. */
export async function closeArenas(): Promise<void> {
  await Promise.all([...open].map((arena) => arena.stop()))
}

/** Room r holds users r · members to r · members + members − 1. */
const roomsOf = (
  url: string,
  tokens: string[],
  members: number,
  count: number,
): Promise<LoadRoom[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const own = tokens.slice(at * members, (at + 1) * members)
      const accessToken = own[0] ?? ''
      const { rooms } = await call(createClient({ url, accessToken }).api.rooms.$get())
      const [room] = rooms
      if (!room) throw new Error('A user of the world is in no room')
      return { roomId: room.id, tokens: own }
    }),
  )
