import { useLocation } from '@solidjs/router'
import { createEffect, createMemo, ErrorBoundary, lazy, Suspense, type JSX } from 'solid-js'
import { LightboxHost } from '../files/lightbox-host.tsx'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { totalBadge } from '../rooms/room-state.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { Dialogs } from './dialogs.tsx'
import { setFaviconBadge } from './favicon.ts'
import { listenForShortcuts } from './listen-for-shortcuts.ts'
import { PageFailed } from './page-failed.tsx'
import { PageSkeleton } from './frame-skeleton.tsx'
import { showPageTitle } from './page-title.ts'
import { Sidebar } from './sidebar.tsx'
import { VersionBanner } from './version-banner.tsx'
import './frame.css'

const Notifier = lazy(() => import('../notify/notifier.tsx'))

/** The frame around every page of a signed-in user. On a phone either the sidebar or the page is seen. */
export function Frame(props: { children: JSX.Element }) {
  const live = useLive()
  const location = useLocation()
  const badge = createMemo(() => totalBadge(live.rooms()))

  showPageTitle(badge)
  // Past nine the icon says the same: it need not be drawn again.
  const drawn = createMemo(() => Math.min(badge(), 10))
  createEffect(() => setFaviconBadge(drawn()))
  listenForShortcuts()

  return (
    <div class="frame" classList={{ 'frame-home': location.pathname === '/' }}>
      <a class="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <div class="frame-banners">
        <ConnectionBanner />
        <VersionBanner />
      </div>
      <Sidebar />
      <main class="frame-main" id="main" tabindex="-1">
        <ErrorBoundary fallback={(error: unknown) => <PageFailed error={error} />}>
          <Suspense fallback={<PageSkeleton />}>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <Dialogs />
      <Suspense>
        <Notifier />
      </Suspense>
      <LightboxHost />
    </div>
  )
}
