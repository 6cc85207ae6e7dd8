import { readFlags, runScript, UsageError } from '../../src/scripts/flags.ts'
import { writeReadme } from '../readme.ts'
import { machine, printJson } from '../report.ts'
import { isReached, tableOf, type Figure } from './figure.ts'
import { measureJavaScript } from './javascript.ts'
import { measureByLighthouse } from './lighthouse.ts'
import { measureRooms } from './rooms.ts'
import { measureScrolling } from './scrolling.ts'
import { measureSidebar } from './sidebar.ts'
import { openStage, type Stage } from './stage.ts'
import { measureTyping } from './typing.ts'

const parts: Record<string, (stage: Stage, say: (line: string) => void) => Promise<Figure[]>> = {
  javascript: measureJavaScript,
  sidebar: measureSidebar,
  rooms: measureRooms,
  typing: measureTyping,
  scrolling: measureScrolling,
  lighthouse: measureByLighthouse,
}

const usage = `bun run bench:feel [${Object.keys(parts).join(' | ')} …] [--rooms N] [--big N] [--write]
How the web client feels: a real server, a populated world, and Chromium measuring itself.

  --write              puts the table into bench/README.md`

await runScript(async () => {
  const argv = process.argv.slice(2)
  const flags = readFlags(
    usage,
    {
      rooms: { value: 'N', about: 'rooms in the sidebar', default: '500' },
      chats: { value: 'N', about: 'chats of each', default: '100' },
      big: { value: 'N', about: 'more chats, in the first room', default: '100000' },
    },
    argv.filter((word) => word !== '--write'),
  )
  const unknown = flags.rest.find((name) => !(name in parts))
  if (unknown !== undefined) throw new UsageError(`There is no part "${unknown}"`)
  const asked = Object.entries(parts).filter(
    ([name]) => flags.rest.length === 0 || flags.rest.includes(name),
  )
  const size = { rooms: flags.count('rooms'), chats: flags.count('chats'), big: flags.count('big') }
  if (size.rooms < 30) throw new UsageError('--rooms must be at least 30')
  // Whoever has a database of their own must not find this world in it.
  delete process.env['DATABASE_URL']
  const say = (line: string): void => console.log(line)

  const stage = await openStage(size, say)
  const figures: Figure[] = []
  try {
    for (const [name, measure] of asked) {
      say(`── ${name}`)
      const found = await measure(stage, say)
      figures.push(...found)
      say(tableOf(found))
    }
  } finally {
    await stage.close()
  }
  const about = [
    `${machine()}; headless Chromium, 1440 × 900; Bun ${Bun.version}; ${new Date().toISOString().slice(0, 10)}.`,
    `${size.rooms} rooms of ${size.chats} chats, one of ${(size.chats + size.big).toLocaleString('en')}; 20 people.`,
  ].join('\n')
  const text = `${about}\n\n${tableOf(figures)}`
  say(`\n${text}`)
  printJson({ bench: 'feel', ...size, figures })
  if (argv.includes('--write')) await writeReadme(text, 'bench:feel')
  if (figures.some((figure) => isReached(figure) === false)) process.exitCode = 1
})
