import type { Arabic } from '../translation.ts'

export const fields = {
  empty: 'لا يمكن أن يكون فارغًا',
  tooLong: {
    zero: 'يجب أن يكون فارغًا',
    one: 'محرف واحد على الأكثر',
    two: 'محرفان على الأكثر',
    few: '{count} محارف على الأكثر',
    many: '{count} محرفًا على الأكثر',
    other: '{count} محرف على الأكثر',
  },
  tooShort: {
    zero: 'أي طول',
    one: 'محرف واحد على الأقل',
    two: 'محرفان على الأقل',
    few: '{count} محارف على الأقل',
    many: '{count} محرفًا على الأقل',
    other: '{count} محرف على الأقل',
  },
  unstorable: 'فيه محارف لا يمكن حفظها',
  invisible: 'لا يمكن أن يحتوي على محارف غير مرئية',
  handle: 'أحرف a–z وأرقام، وبينها . _ -',
  wordless: 'يلزم حرف أو رقم',
  reserved: 'محجوز',
  email: 'يجب أن يكون عنوان بريد إلكتروني',
  handleTaken: 'مستخدم، أو يشبه معرّفًا مستخدمًا',
  guessable: 'من أول ما يُخمَّن؛ اختر غيرها',
  hasAccount: 'له حساب: سجّل الدخول بدلًا من ذلك',
} satisfies Arabic<'fields'>
