import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { isOwnOrigin } from '../http/origin.ts'
import { peerAddress } from '../http/peer-address.ts'
import { AppError } from '../protocol/errors.ts'
import type { ConnectRequest, Hub } from '../realtime/hub.ts'

/**
 * What a request for a socket says, on every runtime.
 * @throws AppError why it gets none
 */
export function socketRequest(
  c: Context<AppEnv>,
  hub: Pick<Hub, 'admit'>,
  own: { publicUrl?: string | undefined },
): ConnectRequest {
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
    throw new AppError('malformed', 'Open this address as a WebSocket')
  }
  const origin = c.req.header('origin')
  if (origin !== undefined && !isOwnOrigin(origin, c.req.raw, own)) {
    throw new AppError('bad_origin', 'This origin may not open a socket')
  }
  const ip = peerAddress(c)
  const refused = hub.admit(ip)
  if (refused) throw refused
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const version = c.req.query('v')
  return {
    token: bearer ?? c.req.query('token'),
    version: version === undefined ? undefined : Number(version),
    ip,
  }
}
