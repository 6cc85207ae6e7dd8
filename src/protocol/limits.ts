/**
 * Sizes and rates of the wire. These are the defaults: the operator's settings may change those
 * that `config.ts` names, and there 0 means "no limit".
 */
export const limits = {
  /** Largest WebSocket frame, in bytes; more closes with 1009. */
  frameBytes: 64 * 1024,
  /** Largest JSON body over REST, in bytes; more answers 413. */
  bodyBytes: 256 * 1024,
  /** Longest chat, in UTF-16 code units (what `String.length` counts). */
  messageChars: 8_000,
  nameChars: 80,
  topicChars: 250,
  handleChars: 32,
  emailChars: 254,
  passwordMinChars: 8,
  passwordMaxChars: 128,
  cidChars: 64,
  filesPerChat: 10,
  /** Largest upload, in bytes. */
  fileBytes: 25 * 1024 * 1024,
  /** Uploads of one user that are on their way at once. */
  uploadsAtOnce: 20,
  fileNameChars: 200,
  altChars: 1_000,
  /** Different reactions on one chat. */
  reactionsPerChat: 50,
  /** Rooms in one `sync`. */
  syncRooms: 2_000,
  /** More changes than this in one room since the client's rev and the answer is `tooFar`. */
  resumeChanges: 300,
  /** All changes in the answers to one `sync`, in bytes; rooms past it answer `tooFar`. */
  resumeBytes: 512 * 1024,
  historyDefault: 50,
  historyMax: 200,
  /** People in one direct room, the one who opens it included. */
  directMembers: 9,
  /** Five error replies in a row on one connection, and it is closed. */
  errorReplies: 5,
  /** Chats a user may send a second, and how many at once. */
  chatsPerSecond: 10,
  chatBurst: 20,
  /** A user over the send rate for this long is closed with 4008, in milliseconds. */
  rateLimitGraceMs: 10_000,
  socketsPerUser: 20,
  /** Sockets of one address that have not said who they are. */
  anonymousSocketsPerIp: 50,
  authTimeoutMs: 10_000,
  heartbeatMs: 25_000,
  /** A connection that sent nothing, not even a pong, for this long is closed with 4009. */
  silenceMs: 40_000,
  /** `token_expiring` this long before the token ends, and 4005 this long after. */
  tokenNoticeMs: 60_000,
  tokenGraceMs: 25_000,
  /** The write queue refuses past any of these three. */
  queueChats: 10_000,
  queueBytes: 8 * 1024 * 1024,
  queueAgeMs: 10_000,
  /** A chat that waits this long for its commit is shown to its room as a preview. */
  previewAfterMs: 50,
  /** Previews of one room at once; what waits behind them is not shown before it is stored. */
  previewsPerRoom: 100,
  /** Most chats in one commit. */
  batchChats: 500,
} as const

/** The wire's version: `/ws?v=1`, and `hello.v`. */
export const protocolVersion = 1
