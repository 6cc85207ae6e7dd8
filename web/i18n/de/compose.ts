import type { German } from '../translation.ts'

export const compose = {
  messageThread: 'Im Thread antworten',
  alsoInRoom: 'Auch in den Raum senden',
  replyingTo: 'Antwort an {name}',
  replyFiles: 'Dateien',
  cancelReply: 'Antwort abbrechen',
} satisfies German<'compose'>
