import type postgres from 'postgres'

/** Any number that nothing else in the database locks by. */
const lockKey = 7_275_540
const pauseMs = 200

/**
 * Makes this process the one Parley of its database, until the answer is called or the process ends.
 * Two would store every chat rightly, but their people would not hear each other. Waits for one that
 * is on its way out. A restart of Postgres gives the claim up: it guards the start, not the data.
 * @throws Error with one line for the operator
 */
export async function claimDatabase(
  single: postgres.Sql,
  waitMs: number,
): Promise<() => Promise<void>> {
  const untilMs = performance.now() + waitMs
  for (;;) {
    const [row] = await single`select pg_try_advisory_lock(${lockKey}) as held`
    if (row?.['held']) return () => single.end({ timeout: 5 })
    if (performance.now() >= untilMs) {
      await single.end({ timeout: 5 })
      throw new Error(
        'Another Parley runs on this database: stop it first, or choose another DATA_DIR',
      )
    }
    await Bun.sleep(pauseMs)
  }
}
