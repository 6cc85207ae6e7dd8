export const compose = {
  messageThread: 'Reply in the thread',
  alsoInRoom: 'Also send to the room',
  replyingTo: 'Replying to {name}',
  replyFiles: 'Files',
  cancelReply: 'Cancel the reply',
} as const
