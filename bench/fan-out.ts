import { fileURLToPath } from 'node:url'
import { call, createClient } from '../src/client.ts'
import { readFlags, runScript } from '../src/scripts/flags.ts'
import { type Load, type LoadResult, loadResultSchema } from './load.ts'
import { printResult, quantile } from './report.ts'
import { createServerProcess, populate } from './server-process.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Durable fan-out against bare fan-out, in turns, on the same machine in the same minutes. */
await runScript(async () => {
  const flags = readFlags('bun run bench:fan-out', {
    rooms: { value: 'N', about: 'how many rooms', default: '50' },
    members: { value: 'N', about: 'of each room, all connected', default: '20' },
    senders: { value: 'N', about: 'of each room', default: '5' },
    window: {
      value: 'N',
      about: 'chats of a sender on the way at once, closed loop',
      default: '4',
    },
    rate: { value: 'N', about: 'chats a second of all, open loop', default: '1000' },
    seconds: { value: 'N', about: 'of each round', default: '5' },
    rounds: { value: 'N', about: 'of each server and loop', default: '3' },
  })
  const members = flags.count('members')
  const server = await createServerProcess()
  const bare = Bun.spawn([process.execPath, here('bare-server.ts')], { stdout: 'pipe' })
  try {
    const world = { users: flags.count('rooms') * members, rooms: flags.count('rooms'), members }
    const tokens = await populate(server.dataDir, { ...world, chats: 0 })
    await server.start()
    const rooms = await roomsOf(server.url, tokens, members)
    const common = {
      tokens,
      rooms,
      members,
      senders: flags.count('senders'),
      seconds: flags.count('seconds'),
    }
    const urls = {
      bare: await addressOf(bare.stdout),
      parley: `${server.url}/ws`.replace('http', 'ws'),
    }
    const paces = {
      closed: { type: 'closed', window: flags.count('window') },
      open: { type: 'open', perSecond: flags.count('rate') },
    } as const
    const results: Record<string, LoadResult[]> = {}
    for (let round = 1; round <= flags.count('rounds'); round += 1) {
      for (const [loop, pace] of Object.entries(paces)) {
        for (const [name, url] of Object.entries(urls)) {
          const result = await generate({ ...common, url, pace })
          ;(results[`${name} ${loop}`] ??= []).push(result)
          console.log(`round ${round} ${loop} ${name}: ${JSON.stringify(result)}`)
        }
      }
    }
    const median = (run: string, figure: keyof LoadResult): number =>
      quantile(
        (results[run] ?? []).map((result) => result[figure]),
        0.5,
      )
    const sum = (figure: keyof LoadResult): number =>
      Object.entries(results)
        .filter(([run]) => run.startsWith('parley'))
        .flatMap(([, all]) => all)
        .reduce((total, result) => total + result[figure], 0)
    // Of each round by itself: the machine's other work then falls on both sides alike.
    const ratio = (loop: string, figure: keyof LoadResult): number =>
      quantile(
        (results[`parley ${loop}`] ?? []).map(
          (result, round) => result[figure] / (results[`bare ${loop}`]?.[round]?.[figure] ?? 0),
        ),
        0.5,
      )
    printResult('fan-out', {
      bareDeliveriesPerSecond: median('bare closed', 'deliveriesPerSecond'),
      parleyDeliveriesPerSecond: median('parley closed', 'deliveriesPerSecond'),
      throughputRatio: ratio('closed', 'deliveriesPerSecond'),
      openRate: flags.count('rate'),
      bareP50Ms: median('bare open', 'p50Ms'),
      parleyP50Ms: median('parley open', 'p50Ms'),
      p50Ratio: ratio('open', 'p50Ms'),
      bareP99Ms: median('bare open', 'p99Ms'),
      parleyP99Ms: median('parley open', 'p99Ms'),
      p99Ratio: ratio('open', 'p99Ms'),
      chats: sum('chats'),
      lost: sum('lost'),
      reordered: sum('reordered'),
    })
  } finally {
    bare.kill()
    await server.stop()
  }
})

/** The load comes from a process of its own, so that it does not share a thread with a server. */
async function generate(load: Load): Promise<LoadResult> {
  const child = Bun.spawn([process.execPath, here('load.ts')], {
    stdin: new Blob([JSON.stringify(load)]),
    stdout: 'pipe',
    stderr: 'inherit',
  })
  return loadResultSchema.parse(JSON.parse(await new Response(child.stdout).text()))
}

/** The room of the first of each `members` users. */
async function roomsOf(url: string, tokens: string[], members: number): Promise<string[]> {
  const firsts = tokens.filter((_, at) => at % members === 0)
  return Promise.all(
    firsts.map(async (accessToken) => {
      const { rooms } = await call(createClient({ url, accessToken }).api.rooms.$get())
      const [room] = rooms
      if (!room) throw new Error('A user of the world is in no room')
      return room.id
    }),
  )
}

async function addressOf(output: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = ''
  for await (const part of output.pipeThrough(new TextDecoderStream())) {
    text += part
    const found = /http(:\S+)/.exec(text)
    if (found) return `ws${found[1]}`
  }
  throw new Error('The bare server did not start')
}
