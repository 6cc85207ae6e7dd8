import { t } from '../i18n/t.ts'
import { ArrowLeft } from '../ui/icons.ts'
import '../ui/button.css'

/** From a page to the sidebar, where only one of the two is seen at a time. */
export function BackLink() {
  return (
    <a
      class="button button-icon button-bare back-link"
      href="/"
      aria-label={t('rooms.backToRooms')}
    >
      <ArrowLeft />
    </a>
  )
}
