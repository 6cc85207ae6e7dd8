import { closeArenas } from './arena.ts'
import { benches } from './benches/index.ts'
import { contestantNames, nodePath } from './contestants.ts'
import { standingOf } from './figures.ts'
import { stopGenerating } from './generate.ts'
import { diskLine, watchHost } from './host.ts'
import { conditions, writeReadme } from './readme.ts'
import { printJson } from './report.ts'
import { markdownTable, type Section } from './table.ts'
import { readFlags, runScript, UsageError } from '../src/scripts/flags.ts'

const names = benches.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')
const usage = `bun run bench [name …] [--rounds N] [--seconds N] [--short] [--write]
How close Parley runs to the machine's limit, beside a bare Bun server and the common stack, in turns.

${names}

  --short     sizes at which everything runs and no figure means anything
  --write     puts the table into bench/README.md`

await runScript(async () => {
  const argv = process.argv.slice(2)
  const switches = new Set(['--short', '--write'])
  const counts = {
    rounds: { value: 'N', about: 'of each contestant; medians are shown', default: '3' },
    seconds: { value: 'N', about: 'of each stretch that is measured', default: '4' },
  }
  const flags = readFlags(
    usage,
    counts,
    argv.filter((word) => !switches.has(word)),
  )
  const unknown = flags.rest.find((name) => !benches.some((bench) => bench.name === name))
  if (unknown !== undefined) throw new UsageError(`There is no bench "${unknown}"`)
  const asked = benches.filter(({ name }) => flags.rest.length === 0 || flags.rest.includes(name))
  // Whoever has a database of their own must not find a million chats in it.
  delete process.env['DATABASE_URL']
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopGenerating()
      void closeArenas().finally(() => process.exit(130))
    })
  }
  if (nodePath() === null) console.log('There is no Node here: the common stack is not run')

  const options = {
    rounds: flags.count('rounds'),
    seconds: flags.count('seconds'),
    isShort: argv.includes('--short'),
    among: contestantNames,
    say: (line: string) => console.log(line),
  }
  const host = watchHost()
  const sections: Section[] = []
  for (const { name, about, entered, run } of asked) {
    console.log(`\n── ${name}: ${about}`)
    const standings = (await run(options)).map(standingOf)
    const section = { bench: name, entered, standings }
    sections.push(section)
    console.log(`\n${markdownTable([section])}\n`)
    printJson({ bench: name, rounds: options.rounds, seconds: options.seconds, standings })
  }
  const about = [conditions(options), host.end(), await diskLine(options.isShort ? 1 : 20)]
  const text = `${about.join('\n')}\n\n${markdownTable(sections)}`
  console.log(`\n${text}`)
  if (argv.includes('--write')) await writeReadme(text)
})
