import { Navigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { useLive } from '../live/index.ts'
import { createNarrow } from '../ui/media.ts'
import { lastRoom } from '../rooms/last-room.ts'
import { roomPath } from '../rooms/room-state.ts'
import { PageSkeleton } from './frame-skeleton.tsx'
import { setPageTitle } from './page-title.ts'
import { Welcome } from './welcome.tsx'
import { t } from '../i18n/t.ts'

/** `/`: on a phone the sidebar is the page; with room for more, my last room, or how to begin. */
export function HomePage() {
  const live = useLive()
  const isNarrow = createNarrow()
  setPageTitle(() => t('shell.rooms'))

  const target = () => {
    const last = lastRoom(live.me().id)
    return live.rooms().find((room) => room.archivedAt === null && roomPath(room) === last)
  }
  return (
    <Show when={!isNarrow()} fallback={<h1>{t('shell.rooms')}</h1>}>
      <Show when={live.ready()} fallback={<PageSkeleton />}>
        <Show when={target()} fallback={<Welcome />}>
          {(room) => <Navigate href={roomPath(room())} />}
        </Show>
      </Show>
    </Show>
  )
}
