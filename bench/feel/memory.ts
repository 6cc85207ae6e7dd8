import type { Stage } from './stage.ts'

export interface Memory {
  heapMb: number
  nodes: number
}

/** Milliseconds that the page's main thread has worked so far, waiting not counted. */
export async function workedMs({ cdp }: Pick<Stage, 'cdp'>): Promise<number> {
  return (await metricOf(cdp))('TaskDuration') * 1_000
}

/** What the page holds once all garbage is gone. */
export async function memoryOf({ cdp }: Stage): Promise<Memory> {
  // What the first collection lets go of may free more.
  for (let times = 0; times < 3; times += 1) await cdp.send('HeapProfiler.collectGarbage')
  const of = await metricOf(cdp)
  return { heapMb: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes') }
}

async function metricOf(cdp: Stage['cdp']): Promise<(name: string) => number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (name) => metrics.find((metric) => metric.name === name)?.value ?? 0
}
