import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from './report.ts'

/** What the machine under all contestants did to a run: a tail may be its, and no one else's. */
export interface HostWatch {
  /** A line for people; it ends the watch. */
  end: () => string
}

const sampleMs = 1_000

/** Watches how much of the processors whoever runs this virtual machine takes for others. */
export function watchHost(): HostWatch {
  const first = cpuTime()
  let last = first
  let worst = 0
  const look = (): void => {
    const now = cpuTime()
    worst = Math.max(worst, stolenShare(last, now))
    last = now
  }
  const timer = setInterval(look, sampleMs)
  timer.unref()
  return {
    end() {
      clearInterval(timer)
      if (first.total === 0) return 'What the host took of the processors is not told here.'
      look()
      return `The host took ${percent(stolenShare(first, last))} of the processors for others, in the worst second ${percent(worst)}.`
    },
  }
}

/** A page written and put on the disk, once a millisecond and with nothing else at work. */
export async function diskLine(seconds: number): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-disk-'))
  const file = openSync(join(directory, 'pages'), 'w')
  const page = Buffer.alloc(8_192, 1)
  const tookMs: number[] = []
  try {
    // As the log of a database does: over blocks that are there.
    for (let at = 0; at < pages; at += 1) writeSync(file, page)
    fdatasyncSync(file)
    const endMs = performance.now() + seconds * 1_000
    for (let at = 0; performance.now() < endMs; at = (at + 1) % pages) {
      const startMs = performance.now()
      writeSync(file, page, 0, page.length, at * page.length)
      fdatasyncSync(file)
      tookMs.push(performance.now() - startMs)
      await Bun.sleep(1)
    }
  } finally {
    closeSync(file)
    rmSync(directory, { recursive: true })
  }
  const [p50, p99, slowest] = [0.5, 0.99, 1].map((share) => quantile(tookMs, share).toFixed(2))
  return `An fdatasync by itself, after it: p50 ${p50} ms, p99 ${p99}, the slowest of ${seconds} s ${slowest}.`
}

const pages = 2_048

interface CpuTime {
  stolen: number
  total: number
}

/** Ticks since the start of the machine; none where the system does not tell. */
const cpuTime = (): CpuTime => {
  if (process.platform !== 'linux') return { stolen: 0, total: 0 }
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  // user nice system idle iowait irq softirq steal; what follows is counted in the first two already.
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number)
  return { stolen: ticks[7] ?? 0, total: ticks.reduce((sum, one) => sum + one, 0) }
}

const stolenShare = (before: CpuTime, after: CpuTime): number =>
  after.total === before.total ? 0 : (after.stolen - before.stolen) / (after.total - before.total)

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
