import { connectAll } from './connect.ts'
import { type Job, jobSchema } from './jobs.ts'
import { request } from './requests.ts'
import { talk } from './talk.ts'
import { type as typeIn } from './typing.ts'

const run = (job: Job): Promise<unknown> => {
  switch (job.type) {
    case 'talk':
      return talk(job)
    case 'typing':
      return typeIn(job)
    case 'connect':
      return connectAll(job)
    case 'requests':
      return request(job)
  }
}

/** The load generator: a job on stdin, its result on stdout. */
const result = await run(jobSchema.parse(await Bun.stdin.json()))
await Bun.write(Bun.stdout, JSON.stringify(result))
process.exit(0)
