import { t } from '../i18n/t.ts'
import type { GoneRoom } from '../live/index.ts'
import { setPageTitle } from '../shell/page-title.ts'
import { EmptyState } from '../ui/states.tsx'
import '../ui/button.css'
import { BackLink } from './back-link.tsx'
import { goneText } from './gone-text.ts'
import { roomTitle } from './room-state.ts'

/** In place of a room that is not open to me any more, for whoever was looking at it. */
export function GonePage(props: { gone: GoneRoom }) {
  setPageTitle(() => roomTitle(props.gone.room))
  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{roomTitle(props.gone.room)}</h1>
      </header>
      <div class="lone-state">
        <EmptyState
          drawing="lost"
          title={goneText(props.gone)}
          action={
            <a class="button button-quiet" href="/">
              {t('shell.toRooms')}
            </a>
          }
        >
          {t('rooms.goneText')}
        </EmptyState>
      </div>
    </div>
  )
}
