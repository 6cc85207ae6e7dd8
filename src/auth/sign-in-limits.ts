import type { Config } from '../config.ts'
import { createLimiter } from '../http/limit.ts'
import { AppError } from '../protocol/errors.ts'
import type { Clock } from '../realtime/ports.ts'
import type { SharedCounts } from '../realtime/shared-counts.ts'

const minuteMs = 60_000

const refuse = (
  { ok, retryAfterMs }: { ok: boolean; retryAfterMs: number },
  what: string,
): void => {
  if (!ok) throw new AppError('rate_limited', what, { retryAfterMs })
}

/** How often one may try (security 18, 19). Keyed by account and address: a guesser elsewhere locks nobody out. */
export function createSignInLimits({
  config,
  clock,
  counts,
}: {
  config: Config
  clock: Clock
  counts: SharedCounts
}) {
  const perAccount = createLimiter({
    name: 'sign-ins of an account',
    counts,
    limit: config.LIMIT_SIGN_INS_PER_ACCOUNT,
    windowMs: 15 * minuteMs,
    clock,
  })
  const perIp = createLimiter({
    name: 'sign-ins of an address',
    counts,
    limit: config.LIMIT_SIGN_INS_PER_IP,
    windowMs: minuteMs,
    clock,
  })
  const signUps = createLimiter({
    name: 'sign-ups',
    counts,
    limit: config.LIMIT_SIGN_UPS_PER_IP,
    windowMs: 60 * minuteMs,
    clock,
  })

  return {
    beforeSignUp: (ip: string) => refuse(signUps.take(ip), 'Too many sign-ups from this address'),
    /** Counts a try of `account` (an e-mail address or a user's id) before the password is looked at. */
    beforeSignIn(account: string, ip: string): void {
      refuse(perIp.take(ip), 'Too many sign-ins from this address')
      // Counted before and not after: a hundred guesses at once all come before the first answer.
      refuse(perAccount.take(`${account} ${ip}`), 'Too many wrong passwords; wait a little')
    },
    /** The password was right: the tries before it are forgiven. */
    right: (account: string, ip: string) => perAccount.forget(`${account} ${ip}`),
  }
}
