import type { Logger } from '@logtape/logtape'
import type { Sql } from 'postgres'
import type { FileDeps } from '../files/ports.ts'
import type { Hub } from '../realtime/hub.ts'
import type { Clock } from '../realtime/ports.ts'
import type { Network } from './guarded-get.ts'
import { keepImage } from './keep-image.ts'
import { previewOf } from './preview-of.ts'
import { cachedPreview, forgetOldPreviews, keepPreview, messageOf } from './store.ts'
import { createUnfurler, type Unfurler } from './unfurler.ts'

export interface UnfurlerDeps {
  sql: Sql
  network: Network
  files: FileDeps
  newId: () => string
  hub: Pick<Hub, 'mark'>
  wallClock: Clock
  log: Logger
}

/** Old previews are let go once in so many new ones. */
const keepsBetweenCleanings = 200

/** The previews of links of one node. */
export function openUnfurler(deps: UnfurlerDeps): Unfurler {
  const { sql, network, hub, wallClock, log } = deps
  let keeps = 0
  const report = (error: unknown): void =>
    log.warn('the links of a chat could not be looked at: {error}', { error })
  const looks = { network, report, keepImage: keepImage.bind(null, deps) }
  return createUnfurler({
    look: (url, stop) => previewOf(looks, url, stop),
    cached: (url) => cachedPreview(sql, url),
    keep: async (url, preview) => {
      keeps += 1
      if (keeps % keepsBetweenCleanings === 1) await forgetOldPreviews(sql)
      await keepPreview(sql, url, preview)
    },
    messageOf: (chatId) => messageOf(sql, chatId),
    mark: (op) => hub.mark(op),
    wallClock,
    report,
  })
}
