import type { Arabic } from '../translation.ts'

export const common = {
  appName: 'Parley',
  cancel: 'إلغاء',
  close: 'إغلاق',
  retry: 'إعادة المحاولة',
  loading: 'جارٍ التحميل',
  online: 'متصل',
  away: 'بعيد',
  offline: 'غير متصل',
  you: 'أنت',
  members: {
    zero: 'لا أعضاء',
    one: 'عضو واحد',
    two: 'عضوان',
    few: '{count} أعضاء',
    many: '{count} عضوًا',
    other: '{count} عضو',
  },
} satisfies Arabic<'common'>
