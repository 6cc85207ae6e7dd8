import type { Check, Outcome, Result } from './fault.ts'

/** One result for each fault of many runs: sums, and of each check the worst that was found. */
export function mergeResults(results: readonly Result[]): Result[] {
  const merged = new Map<string, Result>()
  for (const result of results) {
    const before = merged.get(result.fault.name)
    merged.set(result.fault.name, before ? mergeTwo(before, result) : result)
  }
  return [...merged.values()]
}

const mergeTwo = (a: Result, b: Result): Result => {
  const error = a.error ?? b.error
  const notRun = a.notRun ?? b.notRun
  const outcome = a.outcome && b.outcome ? mergeOutcomes(a.outcome, b.outcome) : undefined
  return {
    fault: a.fault,
    seconds: a.seconds + b.seconds,
    ...(outcome && { outcome }),
    ...(error !== undefined && { error }),
    ...(notRun !== undefined && { notRun }),
  }
}

const mergeOutcomes = (a: Outcome, b: Outcome): Outcome => ({
  trials: a.trials + b.trials,
  sends: a.sends + b.sends,
  acks: a.acks + b.acks,
  findings: {
    lost: a.findings.lost + b.findings.lost,
    doubled: a.findings.doubled + b.findings.doubled,
    holes: a.findings.holes + b.findings.holes,
    reordered: a.findings.reordered + b.findings.reordered,
    phantoms: a.findings.phantoms + b.findings.phantoms,
  },
  recoveriesMs: [...a.recoveriesMs, ...b.recoveriesMs],
  peakBytes: Math.max(a.peakBytes, b.peakBytes),
  checks: mergeChecks([...a.checks, ...b.checks]),
})

const mergeChecks = (checks: readonly Check[]): Check[] => {
  const merged = new Map<string, Check>()
  for (const check of checks) {
    const before = merged.get(check.what)
    if (!before || before.ok) merged.set(check.what, check)
  }
  return [...merged.values()]
}
