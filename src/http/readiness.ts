import type { Context } from 'hono'
import type { Hub } from '../realtime/hub.ts'
import type { AppDeps, AppEnv } from './context.ts'

const patienceMs = 1_000

/**
 * Whether this node should get work: the database answers within a second, and it is not draining. A
 * node whose bus is away is degraded and should: its chats reach other nodes, only later.
 */
export const readiness =
  ({ sql, hub }: Pick<AppDeps, 'sql'> & { hub: Pick<Hub, 'stats'> }) =>
  async (c: Context<AppEnv>) => {
    if (hub.stats().isDraining) return c.json({ status: 'draining' }, 503)
    const { promise: late, resolve } = Promise.withResolvers<false>()
    const timer = setTimeout(() => resolve(false), patienceMs)
    try {
      const answered = await Promise.race([sql`select 1`.then(() => true), late])
      if (answered) {
        return c.json({ status: hub.stats().isDegraded ? 'degraded' : 'ready' } as const, 200)
      }
    } catch (error) {
      c.get('log')?.warn('readiness: the database does not answer: {error}', { error })
    } finally {
      clearTimeout(timer)
    }
    return c.json({ status: 'the database does not answer' }, 503)
  }
