import { fileURLToPath } from 'node:url'
import { nodePath } from './contestants.ts'
import { machine } from './report.ts'

const readme = fileURLToPath(new URL('README.md', import.meta.url))
const end = '<!-- end of what it measured -->'

type Program = 'bench' | 'chaos' | 'bench:feel'

/** Where, when and how: a figure without these says nothing. */
export function conditions({ rounds, seconds }: { rounds: number; seconds: number }): string {
  const node = nodePath()
  const version = node && Bun.spawnSync([node, '--version']).stdout.toString().trim()
  return [
    `${machine()}; Bun ${Bun.version}${version ? `, Node ${version}` : ''}; embedded Postgres, fsync on.`,
    `${new Date().toISOString().slice(0, 10)}, medians of ${rounds} interleaved rounds of ${seconds} s.`,
  ].join('\n')
}

/** Replaces what was measured before. */
export async function writeReadme(text: string, program: Program = 'bench'): Promise<void> {
  const file = Bun.file(readme)
  await Bun.write(readme, replaceMeasured(await file.text(), text, program))
}

/** @throws Error when the marks are missing */
export function replaceMeasured(page: string, text: string, program: Program = 'bench'): string {
  const start = `<!-- what \`bun run ${program} --write\` measured -->`
  const from = page.indexOf(start)
  const to = page.indexOf(end, from)
  if (from < 0 || to < from) throw new Error('bench/README.md has lost its marks')
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`
}
