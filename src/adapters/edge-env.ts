import { settingNames } from '../config.ts'

/** What the Worker and its object are given: see `wrangler.toml`. Settings are strings beside these. */
export interface EdgeEnv {
  ASSETS: Fetcher
  HUB: DurableObjectNamespace
  /** Postgres by a pool near it; without it `DATABASE_URL` is asked directly. */
  HYPERDRIVE?: Hyperdrive
  FILES: R2Bucket
  IMAGES: ImagesBinding
}

/** The settings of `config.ts`, as variables and secrets of the Worker. */
export function settingsOf(env: EdgeEnv): Record<string, string | undefined> {
  const given = new Map<string, unknown>(Object.entries(env))
  return Object.fromEntries(
    settingNames.map((name) => {
      const value = given.get(name)
      return [name, typeof value === 'string' ? value : undefined]
    }),
  )
}
