const firstMs = 500
const lastMs = 30_000

/**
 * How long to wait before try number `attempt` (0, 1, 2 …) to connect: full jitter under a ceiling
 * that doubles from 0.5 s to 30 s, so that clients cut off together do not come back together.
 */
export const backoffMs = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(lastMs, firstMs * 2 ** Math.min(attempt, 16)))
