/**
 * Milliseconds since 1970, that only go up: the same in every process of a run, give or take the few
 * that `timeOrigin` is off, and not touched when the clock of the machine is set.
 */
export const now = (): number => performance.timeOrigin + performance.now()
