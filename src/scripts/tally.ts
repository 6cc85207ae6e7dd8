export interface Tally {
  passed: number
  failed: number
}

/**
 * Counts a runner's JUnit report. A runner that failed without saying which test (it crashed, it
 * could not load a file) counts as one failure, and so does one that ran nothing.
 */
export function tallyOf(report: string | null, exitCode: number): Tally {
  const attributes = /<testsuites\b([^>]*)>/.exec(report ?? '')?.[1] ?? ''
  const count = (name: string): number =>
    Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0)
  const failures = count('failures') + count('errors')
  const passed = count('tests') - failures - count('skipped')
  const isUntold = failures === 0 && (exitCode !== 0 || passed === 0)
  return { passed, failed: failures + (isUntold ? 1 : 0) }
}

export const sumOf = (tallies: Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
})
