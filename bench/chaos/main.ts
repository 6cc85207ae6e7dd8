import { UsageError, readFlags, runScript } from '../../src/scripts/flags.ts'
import { writeReadme } from '../readme.ts'
import { machine } from '../report.ts'
import type { Fault, Result } from './fault.ts'
import { faults } from './faults.ts'
import { hasHeld, runFault } from './run-fault.ts'
import { type Scale, scales } from './scale.ts'
import { clearOld } from './postgres.ts'
import { mergeResults } from './soak.ts'
import { closeStages } from './stage.ts'
import { boundOf, checksOf, listOf, tableOf, verdictOf } from './table.ts'

const usage = `bun run chaos [fault …] [--short] [--write] [--list]
Hurts a real Parley in each way it knows, or in those named, and holds what its clients saw to the
log: rules A to G.

  --short     less of each, in some minutes
  --write     puts the table into bench/README.md
  --list      tells the faults`

const switches = new Set(['--short', '--write', '--list'])

await runScript(async () => {
  const argv = process.argv.slice(2)
  const has = (flag: string): boolean => argv.includes(flag)
  if (has('--list')) {
    for (const { name, about } of faults) console.log(`${name.padEnd(20)} ${about}`)
    return
  }
  const base = scales[has('--short') ? 'short' : 'full']
  const flags = readFlags(
    usage,
    {
      seed: { value: 'N', about: 'of everything random', default: `${Date.now() % 1_000_000}` },
      minutes: { value: 'N', about: 'again and again for so long; 0: once each', default: '0' },
      clients: { value: 'N', about: 'how many talk', default: `${base.clients}` },
      rooms: { value: 'N', about: 'each talks in two of so many', default: `${base.rooms}` },
      rate: { value: 'N', about: 'chats a second of all', default: `${base.rate}` },
      nodes: { value: 'N', about: '1 or 2 for all; 0: as each fault asks', default: '0' },
    },
    argv.filter((flag) => !switches.has(flag)),
  )
  const picked = pick(flags.rest)
  const seed = flags.count('seed')
  const scale: Scale = {
    size: base.size,
    clients: flags.count('clients'),
    rooms: flags.count('rooms'),
    rate: flags.count('rate'),
    nodes: nodesOf(flags.count('nodes')),
  }
  console.log(`seed ${seed}`)
  clearOld()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void closeStages().finally(() => process.exit(130)))
  }

  const results: Result[] = []
  const endMs = performance.now() + flags.count('minutes') * 60_000
  let round = 0
  do {
    for (const fault of picked) {
      if (round > 0 && performance.now() > endMs) break
      console.log(`\n${fault.name}: ${fault.about}`)
      // Each fault draws from a stream of its own: one alone does what it did among the others.
      const result = await runFault(fault, scale, seed + round * 1_000_003)
      const verdict = `  ${verdictOf(result)} (${result.seconds.toFixed(0)} s)`
      console.log([checksOf(result), verdict].filter(Boolean).join('\n'))
      results.push(result)
    }
    round += 1
  } while (performance.now() < endMs)

  const merged = mergeResults(results)
  const load = `${scale.clients} clients, ${scale.rooms} rooms, ${scale.rate} chats/s`
  const when = new Date().toISOString().slice(0, 10)
  const conditions = `${machine()}; Bun ${Bun.version}; ${when}; ${load}; seed ${seed}.`
  const text = `${conditions}\n\n${tableOf(merged)}\n\n${boundOf(merged)}`
  console.log(`\n${text}`)
  if (has('--write')) await writeReadme(`${text}\n\n${listOf(merged)}`, 'chaos')
  const failed = merged.filter((result) => result.notRun === undefined && !hasHeld(result))
  if (failed.length > 0) {
    throw new Error(`Broken by: ${failed.map(({ fault }) => fault.name).join(', ')}`)
  }
})

function pick(names: readonly string[]): readonly Fault[] {
  if (names.length === 0) return faults
  return names.map((name) => {
    const fault = faults.find((each) => each.name === name)
    if (!fault) throw new UsageError(`There is no fault "${name}": --list tells them`)
    return fault
  })
}

function nodesOf(count: number): Scale['nodes'] {
  if (count === 0) return null
  if (count === 1 || count === 2) return count
  throw new UsageError('--nodes must be 0, 1 or 2')
}
