import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { endWith, root } from './commands.ts'
import { sumOf, tallyOf } from './tally.ts'
import type { Tally } from './tally.ts'

/** Everything that is tested, in one command: the checks, the web build, and each suite of tests. */
async function main(): Promise<void> {
  const tallies: Tally[] = []
  const heading = (text: string) => console.log(`\n── ${text}`)

  heading('Checks')
  for (const { ok } of await runChecks()) {
    tallies.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 })
  }
  heading('The web client builds')
  tallies.push(await buildTally())
  heading('Server')
  tallies.push(await runTests(['./src', './bench']))
  heading('Web')
  tallies.push(await runTests(['--conditions=browser', './web']))
  heading('Browser')
  tallies.push(await browserTally())

  const { passed, failed } = sumOf(tallies)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

async function buildTally(): Promise<Tally> {
  const child = Bun.spawn([process.execPath, 'src/scripts/build.ts'], {
    cwd: root,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  })
  const isBuilt = (await child.exited) === 0
  return { passed: isBuilt ? 1 : 0, failed: isBuilt ? 0 : 1 }
}

async function browserTally(): Promise<Tally> {
  const suites = readdirSync(join(root, 'web/e2e'))
    .filter((name) => name.endsWith('.e2e.ts'))
    .map((name) => `./web/e2e/${name}`)
  const chromium = findChromium()
  if (!chromium) {
    console.log(
      'The browser suites need Chromium: install it (Debian: apt-get install chromium), or name it in CHROMIUM.',
    )
    return { passed: 0, failed: 1 }
  }
  return runTests(['--timeout=90000', '--conditions=browser', ...suites], { CHROMIUM: chromium })
}

const findChromium = (): string | null =>
  process.env['CHROMIUM'] ??
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map((name) => Bun.which(name))
    .find((path) => path !== null) ??
  null

async function runTests(args: string[], env: Record<string, string> = {}): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-report-'))
  const report = join(folder, 'junit.xml')
  const child = Bun.spawn(
    [process.execPath, 'test', '--reporter=junit', `--reporter-outfile=${report}`, ...args],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
    },
  )
  endWith(child)
  const code = await child.exited
  const file = Bun.file(report)
  const tally = tallyOf((await file.exists()) ? await file.text() : null, code)
  rmSync(folder, { recursive: true })
  return tally
}

await main()
