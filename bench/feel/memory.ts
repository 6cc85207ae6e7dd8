import type { Stage } from './stage.ts'

export interface Memory {
  heapMb: number
  nodes: number
}

/** What the page holds once all garbage is gone. */
export async function memoryOf({ cdp }: Stage): Promise<Memory> {
  // What the first collection lets go of may free more.
  for (let times = 0; times < 3; times += 1) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { heapMb: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes') }
}
