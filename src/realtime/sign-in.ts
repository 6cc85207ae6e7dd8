import { closeCodes, type CloseCode } from '../protocol/close-codes.ts'
import { AppError } from '../protocol/errors.ts'
import { limits as wire, protocolVersion } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'
import type { ConnectRequest, HubLimits } from './hub.ts'
import type { HubPorts, Identity } from './ports.ts'
import type { Presence } from './presence.ts'
import type { Receive } from './receive.ts'

interface SignInOptions {
  ports: Pick<HubPorts, 'verifyToken' | 'report'>
  epoch: () => string
  limits: HubLimits
  connections: ReadonlySet<Connection>
  presence: Presence
  /** Connections of a user to other nodes. */
  socketsElsewhere: (userId: string) => number
}

/** Frames kept while a token is verified; whoever sends more is not waiting for an answer. */
const heldMax = 256

/** How a connection gets its user, keeps it, and loses it (rules AU1 to AU6). */
export interface SignIn {
  opened: (connection: Connection, request: ConnectRequest, receive: Receive) => void
  /** An `auth` frame. */
  auth: (connection: Connection, token: string, receive: Receive) => void
  hold: (connection: Connection, data: string | Uint8Array) => void
  revoked: (sessionId: string) => void
  closed: (connection: Connection) => void
  /** Whether one more socket of this address may open that has not said who it is. */
  admit: (ip: string) => AppError | null
}

export function createSignIn(options: SignInOptions): SignIn {
  const { ports, epoch, limits, connections, presence, socketsElsewhere } = options
  const anonymous = new Map<string, number>()

  const countAnonymous = (ip: string, by: 1 | -1): void => {
    const count = (anonymous.get(ip) ?? 0) + by
    if (count > 0) anonymous.set(ip, count)
    else anonymous.delete(ip)
  }

  const welcome = (connection: Connection, identity: Identity): void => {
    const expiresAt = new Date(identity.expiresAtMs).toISOString()
    const before = connection.identity
    if (before && before.user.id !== identity.user.id) {
      connection.close(closeCodes.authFailed)
      return
    }
    connection.identity = identity
    connection.noticedExpiry = false
    if (before) {
      connection.reply({ type: 'token_renewed', expiresAt })
      return
    }
    const userId = identity.user.id
    const sockets = presence.connectionsOf(userId).length + socketsElsewhere(userId)
    if (sockets >= limits.socketsPerUser) {
      connection.identity = null
      connection.close(closeCodes.tooManyConnections)
      return
    }
    countAnonymous(connection.ip, -1)
    presence.add(userId, connection)
    connection.reply({
      type: 'hello',
      v: protocolVersion,
      epoch: epoch(),
      user: identity.user,
      sessionId: identity.sessionId,
      heartbeatMs: wire.heartbeatMs,
      expiresAt,
    })
  }

  const verify = async (connection: Connection, token: string, receive: Receive): Promise<void> => {
    connection.held = []
    try {
      const identity = await ports.verifyToken(token)
      if (connection.isOpen) welcome(connection, identity)
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal'
      ports.report({ type: 'auth_failed', code, ip: connection.ip })
      connection.close(closeFor(code))
    }
    const held = connection.held
    connection.held = null
    for (const [at, data] of held.entries()) {
      if (!connection.isOpen) return
      receive(connection, data, signIn)
      // One of them was an `auth`: the rest waits for it in turn.
      if (isHolding(connection)) {
        for (const later of held.slice(at + 1)) signIn.hold(connection, later)
        return
      }
    }
  }

  const signIn: SignIn = {
    opened(connection, { token, version }, receive) {
      countAnonymous(connection.ip, 1)
      if (version !== undefined && version !== protocolVersion) {
        connection.close(closeCodes.unsupportedVersion)
      } else if (token !== undefined) {
        void verify(connection, token, receive)
      }
    },
    auth(connection, token, receive) {
      void verify(connection, token, receive)
    },
    hold(connection, data) {
      if ((connection.held?.length ?? 0) >= heldMax) connection.close(closeCodes.invalidFrame)
      else connection.held?.push(data)
    },
    closed(connection) {
      if (!connection.identity) countAnonymous(connection.ip, -1)
    },
    admit(ip) {
      if ((anonymous.get(ip) ?? 0) < limits.anonymousSocketsPerIp) return null
      return new AppError('overloaded', 'Too many sockets of this address have not signed in', {
        retryAfterMs: wire.authTimeoutMs,
      })
    },
    revoked(sessionId) {
      for (const connection of connections) {
        if (connection.identity?.sessionId === sessionId)
          connection.close(closeCodes.sessionRevoked)
      }
    },
  }
  return signIn
}

// A function, because the compiler believes that `held` is still the null set above.
const isHolding = (connection: Connection): boolean => connection.held !== null

const closeFor = (code: AppError['code']): CloseCode => {
  if (code === 'token_expired') return closeCodes.tokenExpired
  if (code === 'session_revoked') return closeCodes.sessionRevoked
  if (code === 'internal' || code === 'overloaded') return closeCodes.overloaded
  return closeCodes.authFailed
}
