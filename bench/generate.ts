import { fileURLToPath } from 'node:url'
import { type Job, type JobOf, type ResultOf, resultSchemas } from './load/jobs.ts'

const generator = fileURLToPath(new URL('load/main.ts', import.meta.url))

const running = new Set<Bun.Subprocess>()

/** Ends what a signal interrupts. */
export function stopGenerating(): void {
  for (const child of running) child.kill()
}

/** The load comes from a process of its own, so that it does not share a thread with a server. */
export async function generate<Type extends Job['type']>(
  job: JobOf<Type>,
): Promise<ResultOf<Type>> {
  const child = Bun.spawn([process.execPath, generator], {
    stdin: new Blob([JSON.stringify(job)]),
    stdout: 'pipe',
    stderr: 'inherit',
  })
  running.add(child)
  const text = await new Response(child.stdout).text()
  const code = await child.exited
  running.delete(child)
  if (code !== 0) throw new Error('The load generator failed')
  const type: Type = job.type
  // The schema of this type of job, which the compiler can't tell from the others.
  return resultSchemas[type].parse(JSON.parse(text)) as ResultOf<Type>
}
