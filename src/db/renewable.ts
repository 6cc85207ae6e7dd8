import type postgres from 'postgres'

/** A client that can be made anew while others hold on to it. */
export interface Renewable {
  /** Always the newest. */
  sql: postgres.Sql
  /** Ends the client, whatever it is at, and goes on with a new one. */
  renew: () => void
}

/**
 * The client brings back connections that were refused or closed, not always those that were cut
 * while they opened, and never those on which nothing comes any more. A new one is cheap.
 */
export function renewable(make: () => postgres.Sql): Renewable {
  let current = make()
  // A client is a function with properties, none of which knows what it is a property of.
  const sql = new Proxy(current, {
    apply: (_, self, args) => Reflect.apply(current, self, args) as unknown,
    get: (_, key) => Reflect.get(current, key) as unknown,
  })
  return {
    sql,
    renew() {
      const old = current
      current = make()
      // Nobody waits for it; what it was asked is told that the connection is gone.
      old.end({ timeout: 0 }).catch(() => {})
    },
  }
}
