import type { Arabic } from '../translation.ts'

export const compose = {
  messageThread: 'الرد في سلسلة الردود',
  alsoInRoom: 'إرسال إلى الغرفة أيضًا',
  replyingTo: 'الرد على {name}',
  replyFiles: 'ملفات',
  cancelReply: 'إلغاء الرد',
} satisfies Arabic<'compose'>
