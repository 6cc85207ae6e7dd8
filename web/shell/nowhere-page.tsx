import { t } from '../i18n/t.ts'
import { BackLink } from '../rooms/back-link.tsx'
import { EmptyState } from '../ui/states.tsx'
import '../ui/button.css'
import { setPageTitle } from './page-title.ts'

/** No such page, no such room, or a room that is not for me: the same words, so that nothing is given away. */
export function NowherePage() {
  setPageTitle(() => t('shell.notFound'))
  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{t('shell.notFound')}</h1>
      </header>
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
    </div>
  )
}
