/** Under which name `live.draft` keeps what is written for a room, or for a thread of it. */
export const draftPlace = (roomId: string, threadId?: string): string =>
  threadId === undefined ? roomId : `${roomId}/${threadId}`
