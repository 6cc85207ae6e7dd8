import type { Credentials } from '../client.ts'
import { UsageError } from './flags.ts'

/** From the environment, never from flags: other people of the machine can read those. */
export function credentialsFromEnv(env: Record<string, string | undefined>): Credentials {
  const { PARLEY_TOKEN: accessToken, PARLEY_EMAIL: email, PARLEY_PASSWORD: password } = env
  if (accessToken) return { accessToken }
  if (email && password) return { email, password }
  throw new UsageError('Set PARLEY_TOKEN, or PARLEY_EMAIL and PARLEY_PASSWORD')
}
