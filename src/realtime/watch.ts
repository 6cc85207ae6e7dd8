import { closeCodes } from '../protocol/close-codes.ts'
import { limits } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'
import type { Clock } from './ports.ts'
import type { Presence } from './presence.ts'

interface WatchOptions {
  clock: Clock
  wallClock: Clock
  connections: ReadonlySet<Connection>
  presence: Presence
}

/** Asks for a sign of life when there was none for this long. */
const pingAfterMs = 15_000

/**
 * Presence a second: changes times those who are told. When ten thousand come back at once, telling
 * everyone of everyone would take the server down again.
 */
const newsTold = 500_000
const newsMin = 20

/** Often enough for what is told in seconds, and cheap with ten thousand connections. */
const lookEachMs = 1_000

/** What time does to connections: late auth, ended tokens, silence; and the news of presence. */
export function createWatch({ clock, wallClock, connections, presence }: WatchOptions) {
  let lookedAtMs = Number.NEGATIVE_INFINITY

  const look = (nowMs: number): void => {
    const wallMs = wallClock()
    const news = presence.take(Math.max(newsMin, Math.floor(newsTold / connections.size)))
    const text = news.length > 0 ? JSON.stringify({ type: 'presence', changes: news }) : null
    for (const connection of connections) {
      checkLife(connection, nowMs)
      if (!connection.identity) {
        const isLate = nowMs - connection.openedAtMs >= limits.authTimeoutMs
        if (isLate) connection.close(closeCodes.authTimeout)
        continue
      }
      checkToken(connection, connection.identity.expiresAtMs, wallMs)
      if (text && !connection.isBehind) connection.send(text)
    }
  }

  return {
    tick(): void {
      const nowMs = clock()
      if (nowMs - lookedAtMs < lookEachMs) return
      lookedAtMs = nowMs
      look(nowMs)
    },
  }
}

const checkLife = (connection: Connection, nowMs: number): void => {
  const silentMs = nowMs - connection.aliveAtMs
  if (silentMs >= limits.silenceMs) {
    connection.close(closeCodes.heartbeatTimeout)
  } else if (silentMs >= pingAfterMs && nowMs - connection.pingedAtMs >= pingAfterMs) {
    connection.pingedAtMs = nowMs
    connection.socket.ping()
  }
}

const checkToken = (connection: Connection, expiresAtMs: number, nowMs: number): void => {
  if (nowMs >= expiresAtMs + limits.tokenGraceMs) {
    connection.close(closeCodes.tokenExpired)
  } else if (nowMs >= expiresAtMs - limits.tokenNoticeMs && !connection.noticedExpiry) {
    connection.noticedExpiry = true
    connection.reply({ type: 'token_expiring', expiresAt: new Date(expiresAtMs).toISOString() })
  }
}
