import { parseConfig } from './config.ts'

/** One line that says what is wrong, and no stack: the operator can't do anything about a stack. */
const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

const start = async (): Promise<void> => {
  const config = parseConfig(process.env)
  // In development Vite serves the web client …
  if (!process.argv.includes('--without-web')) {
    const { buildIfStale } = await import('./scripts/build.ts')
    await buildIfStale()
  }
  const { openLog } = await import('./log.ts')
  const log = await openLog(config, process.stdout.isTTY)
  const { startServer } = await import('./adapters/bun-server.ts')
  const server = await startServer(config, log)

  let isStopping = false
  const stop = (signal: string): void => {
    // Asked twice, it goes at once; nothing acked is lost by that.
    if (isStopping) process.exit(130)
    isStopping = true
    log.info('stopping on {signal}', { signal })
    setTimeout(() => process.exit(1), 25_000).unref()
    server.stop().then(() => process.exit(0), fail)
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
  // … and says the address.
  if (!process.argv.includes('--unannounced')) process.stdout.write(`Parley is at ${server.url}\n`)
}

await start().catch(fail)
