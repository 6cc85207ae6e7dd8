import { t } from '../i18n/t.ts'
import type { Live } from '../live/index.ts'

/** A person's presence with its word, as an avatar shows it. */
export function presenceOf(live: Pick<Live, 'presence'>, userId: string) {
  const status = live.presence(userId)
  return { status, label: t(`common.${status}`) }
}
