import type { Fault, Result } from './fault.ts'
import { missingFor } from './needs.ts'
import type { Scale } from './scale.ts'
import { type Stage, openStage } from './stage.ts'

/** Lines of each server's output that a failure is told with. */
const tellLines = 12

/** One fault on a stage of its own; whatever happens is in the answer. */
export async function runFault(fault: Fault, scale: Scale, seed: number): Promise<Result> {
  const { name, about } = fault
  const startMs = performance.now()
  const told = (rest: Partial<Result>): Result => ({
    fault: { name, about },
    seconds: (performance.now() - startMs) / 1_000,
    ...rest,
  })
  const notRun = missingFor(fault, scale.nodes ?? undefined)
  if (notRun !== null) return told({ notRun })
  let stage: Stage | null = null
  try {
    stage = await openStage(fault, scale, seed)
    await fault.run(stage)
    return told({ outcome: stage.outcome() })
  } catch (error) {
    const tails = stage?.nodes.map((node) => node.said().trim().split('\n').slice(-tellLines)) ?? []
    const said = tails.flat().filter(Boolean)
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return told({ error: [reason, ...said].join('\n'), ...(stage && { outcome: stage.outcome() }) })
  } finally {
    await stage?.close()
  }
}

/** Whether it ran and everything held. */
export function hasHeld({ outcome, error }: Result): boolean {
  if (!outcome || error !== undefined) return false
  const broken = Object.values(outcome.findings).reduce(
    (sum: number, count: number) => sum + count,
    0,
  )
  return broken === 0 && outcome.checks.every(({ ok }) => ok)
}
