import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sumOf, tallyOf } from './tally.ts'

const report = (attributes: string) =>
  `<?xml version="1.0"?><testsuites name="bun test" ${attributes}><testsuite tests="99" failures="9"/></testsuites>`

test('passed is what neither failed nor was skipped', () => {
  expect(tallyOf(report('tests="10" failures="2" skipped="3"'), 1)).toEqual({
    passed: 5,
    failed: 2,
  })
})

test('a runner that crashed without a word counts as a failure', () => {
  expect(tallyOf(null, 0)).toEqual({ passed: 0, failed: 1 })
  expect(tallyOf(null, 139)).toEqual({ passed: 0, failed: 1 })
  expect(tallyOf(report('tests="10" failures="0" skipped="0"'), 1)).toEqual({
    passed: 10,
    failed: 1,
  })
})

test('a run without tests is a failure', () => {
  expect(tallyOf(report('tests="0" failures="0" skipped="0"'), 0)).toEqual({ passed: 0, failed: 1 })
  expect(tallyOf(report('tests="4" failures="0" skipped="4"'), 0)).toEqual({ passed: 0, failed: 1 })
})

test('sums add up', () => {
  expect(
    sumOf([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 })
})

test('the runner of this very Bun writes the report that is read here', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tally-'))
  const [suite, out] = [join(folder, 'three.test.ts'), join(folder, 'junit.xml')]
  const says = (value: number) => `test('${value}', () => expect(${value}).toBeLessThan(3))`
  await Bun.write(
    suite,
    `import { expect, test } from 'bun:test'\n${[1, 2, 3].map(says).join('\n')}`,
  )
  const child = Bun.spawn(
    [process.execPath, 'test', '--reporter=junit', `--reporter-outfile=${out}`, suite],
    // Away from this project's own settings of the runner.
    { cwd: folder, stdout: 'ignore', stderr: 'ignore' },
  )
  const code = await child.exited
  expect(tallyOf(await Bun.file(out).text(), code)).toEqual({ passed: 2, failed: 1 })
  rmSync(folder, { recursive: true })
})
