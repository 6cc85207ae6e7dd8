import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Miniflare } from 'miniflare'
import { z } from 'zod'

/** What `startWorkerd` asks for: the first line on stdin, as JSON. */
const optionsSchema = z.object({
  port: z.int(),
  worker: z.string(),
  assets: z.string(),
  state: z.string(),
  settings: z.record(z.string(), z.string()),
})
export type RunWorkerdOptions = z.infer<typeof optionsSchema>

/** As in `wrangler.toml`. */
const compatibility = {
  compatibilityDate: '2026-04-21',
  compatibilityFlags: ['nodejs_compat'],
}

/** The Worker in workerd, by Miniflare. Says `ready` and its address, then what the Worker logs. */
async function main(): Promise<void> {
  const input = createInterface({ input: process.stdin })
  const [first] = (await once(input, 'line')) as [string]
  const options = optionsSchema.parse(JSON.parse(first))
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: options.port,
    cf: false,
    name: 'parley',
    modules: [{ type: 'ESModule', path: options.worker }],
    modulesRoot: '/',
    ...compatibility,
    bindings: options.settings,
    durableObjects: { HUB: { className: 'HubObject', useSQLite: true } },
    durableObjectsPersist: options.state,
    r2Buckets: ['FILES'],
    r2Persist: options.state,
    images: { binding: 'IMAGES' },
    assets: {
      directory: options.assets,
      binding: 'ASSETS',
      routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
      assetConfig: { html_handling: 'none', not_found_handling: 'none' },
    },
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      for (const stream of [stdout, stderr])
        createInterface({ input: stream }).on('line', (line) => console.log(line))
    },
  })
  const end = async (): Promise<never> => {
    await miniflare.dispose()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  // Whoever started it is gone.
  input.on('close', () => void end())
  console.log(`ready ${(await miniflare.ready).origin}`)
}

if (import.meta.main) await main()
