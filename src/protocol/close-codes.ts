/** Why the server closed a socket, and whether the client should come back. */
export interface CloseCode {
  code: number
  reason: string
  reconnect: boolean
}

/** Every close code of the wire (design: the delivery contract). 1002, 1007 and 1009 come from the runtime. */
export const closeCodes = {
  protocolError: { code: 1002, reason: 'protocol error', reconnect: false },
  invalidPayload: { code: 1007, reason: 'invalid payload', reconnect: false },
  tooLarge: { code: 1009, reason: 'frame too large', reconnect: true },
  drain: { code: 1012, reason: 'server restarting', reconnect: true },
  overloaded: { code: 1013, reason: 'overloaded, try again later', reconnect: true },
  unknownType: { code: 4001, reason: 'unknown frame type', reconnect: false },
  invalidFrame: { code: 4002, reason: 'invalid frame', reconnect: false },
  authTimeout: { code: 4003, reason: 'no auth in time', reconnect: true },
  authFailed: { code: 4004, reason: 'auth failed', reconnect: false },
  tokenExpired: { code: 4005, reason: 'token expired', reconnect: true },
  sessionRevoked: { code: 4006, reason: 'session revoked', reconnect: false },
  unsupportedVersion: { code: 4007, reason: 'protocol version unsupported', reconnect: false },
  rateLimited: { code: 4008, reason: 'rate limit', reconnect: true },
  heartbeatTimeout: { code: 4009, reason: 'heartbeat timeout', reconnect: true },
  slowConsumer: { code: 4010, reason: 'slow consumer', reconnect: true },
  tooManyConnections: { code: 4011, reason: 'too many connections', reconnect: false },
} as const satisfies Record<string, CloseCode>

const finalCodes = new Set<number>(
  Object.values(closeCodes).flatMap((close) => (close.reconnect ? [] : [close.code])),
)

/** Whether a client should reconnect after `code`. Codes the table does not name are losses of the network. */
export const mayReconnect = (code: number): boolean => !finalCodes.has(code)
