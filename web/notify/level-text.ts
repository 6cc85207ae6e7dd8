import type { NotifyLevel } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'

export const levelText = (level: NotifyLevel): string => {
  switch (level) {
    case 'all':
      return t('sidebar.notifyAll')
    case 'mentions':
      return t('sidebar.notifyMentions')
    case 'none':
      return t('sidebar.notifyNone')
  }
  return level satisfies never
}
