import { root, tool } from './commands.ts'

export interface CheckResult {
  name: string
  ok: boolean
  output: string
  ms: number
}

const projects = [
  '.',
  'src/tsconfig.edge.json',
  'src/protocol',
  'src/realtime',
  'src/client',
  'web',
  'bench/feel',
]

/** What has to hold before any test is run. The long ones first: two run at a time. */
const checks: { name: string; command: string[] }[] = [
  { name: 'lint', command: tool('oxlint', '--type-aware', '--max-warnings=0') },
  {
    name: 'layers',
    command: tool('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'web'),
  },
  ...projects.map((project) => ({
    name: `types of ${project === '.' ? 'src' : project}`,
    command: tool('tsc', '-p', project),
  })),
  { name: 'unused', command: tool('knip') },
  { name: 'format', command: tool('oxfmt', '--check') },
]

/** Runs every check and tells of each as it ends; of a failed one all that it said. */
export async function runChecks(): Promise<CheckResult[]> {
  const waiting = [...checks]
  const results: CheckResult[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runCheck(next)
      results.push(result)
      const seconds = (result.ms / 1_000).toFixed(1)
      console.log(`${result.ok ? '✓' : '✗'} ${result.name} (${seconds} s)`)
      if (!result.ok) console.log(result.output)
    }
  }
  await Promise.all([work(), work()])
  return results
}

async function runCheck({ name, command }: (typeof checks)[number]): Promise<CheckResult> {
  const startedMs = performance.now()
  const child = Bun.spawn(command, { cwd: root, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [said, complained, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return {
    name,
    ok: code === 0,
    output: [said, complained].filter(Boolean).join('\n'),
    ms: performance.now() - startedMs,
  }
}

if (import.meta.main) {
  const failed = (await runChecks()).filter((result) => !result.ok)
  if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`)
  process.exit(failed.length === 0 ? 0 : 1)
}
