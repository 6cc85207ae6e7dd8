import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/states.tsx'
import '../ui/button.css'
import { setPageTitle } from './page-title.ts'

/** No such page, no such room, or a room that is not for me: the same words, so that nothing is given away. */
export function NowherePage() {
  setPageTitle(() => t('shell.nowhere'))
  return (
    <div class="lone-state">
      <EmptyState
        drawing="lost"
        title={t('shell.nowhere')}
        action={
          <a class="button button-quiet" href="/">
            {t('shell.toRooms')}
          </a>
        }
      >
        {t('shell.nowhereText')}
      </EmptyState>
    </div>
  )
}
