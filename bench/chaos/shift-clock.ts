import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs in a server before its own code, and sets its clock wrong: by what `clock-shift` in its data
 * directory says, in milliseconds, read again at each SIGUSR2. What the machine's clock would do to
 * it, without touching the machine's clock.
 */
const file = join(process.env['DATA_DIR'] ?? '', 'clock-shift')
const RealDate = Date
const realNow = Date.now
const realUuid = Bun.randomUUIDv7
let shiftMs = 0

const read = (): void => {
  shiftMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

RealDate.now = () => realNow() + shiftMs
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    // A date that is constructed is an object.
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget) as object,
})
Object.defineProperty(Bun, 'randomUUIDv7', {
  value: (encoding: 'hex' = 'hex', timestamp: number = RealDate.now()) =>
    realUuid(encoding, timestamp),
})
process.on('SIGUSR2', read)
read()
