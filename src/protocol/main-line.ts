import type { ChatLinks } from './chats.ts'

/** Whether the room shows it: all but the replies that stay in their thread. */
export const isInMainLine = ({
  threadId,
  inRoom,
}: Pick<ChatLinks, 'threadId' | 'inRoom'>): boolean => threadId === undefined || inRoom === true
