import type { Arabic } from '../translation.ts'

export const links: Arabic<'links'> = {
  remove: {
    zero: 'إزالة المعاينات لدى الجميع',
    one: 'إزالة المعاينة لدى الجميع',
    two: 'إزالة المعاينتين لدى الجميع',
    few: 'إزالة المعاينات لدى الجميع',
    many: 'إزالة المعاينات لدى الجميع',
    other: 'إزالة المعاينات لدى الجميع',
  },
}
