import { Navigate, Route, Router, useLocation, type RouteSectionProps } from '@solidjs/router'
import { createMemo, ErrorBoundary, lazy, Show } from 'solid-js'
import { session } from './api.ts'
import { signInPath } from './auth/next-path.ts'
import { RestoreSession } from './auth/restore.tsx'
import { SignInPage } from './auth/sign-in-page.tsx'
import { SignUpPage } from './auth/sign-up-page.tsx'
import { MarksProvider } from './chats/marks-context.tsx'
import { LiveProvider } from './live/index.ts'
import { DirectRoute, RoomRoute } from './rooms/room-route.tsx'
import { Frame } from './shell/frame.tsx'
import { HomePage } from './shell/home-page.tsx'
import { NowherePage } from './shell/nowhere-page.tsx'
import { PageFailed } from './shell/page-failed.tsx'
import { FollowLanguage } from './settings/follow-language.ts'
import { ThemeProvider } from './settings/theme-context.tsx'
import { UserSettingsProvider } from './settings/user-settings-provider.tsx'
import { ThreadsProvider } from './threads/threads-context.tsx'
import { toasts } from './toasts.ts'
import { ToastRegion } from './ui/toast-region.tsx'
import { Tooltip } from './ui/tooltip.tsx'
import { t } from './i18n/t.ts'

const CatchUpPage = lazy(() => import('./catch-up/catch-up-page.tsx'))
const BrowsePage = lazy(() => import('./rooms/browse-page.tsx'))
const SearchPage = lazy(() => import('./search/search-page.tsx'))
const MentionsPage = lazy(() => import('./lists/mentions-page.tsx'))
const SavedPage = lazy(() => import('./lists/saved-page.tsx'))
const ThreadsPage = lazy(() => import('./threads/threads-page.tsx'))
const SettingsPage = lazy(() => import('./settings/settings-page.tsx'))

export function App() {
  return (
    <Router root={Root}>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/sign-up" component={SignUpPage} />
      <Route path="/" component={SignedIn}>
        <Route path="/" component={HomePage} />
        <Route path="/r/:slug" component={RoomRoute} />
        <Route path="/d/:roomId" component={DirectRoute} />
        <Route path="/browse" component={BrowsePage} />
        <Route path="/catch-up" component={CatchUpPage} />
        <Route path="/threads" component={ThreadsPage} />
        <Route path="/mentions" component={MentionsPage} />
        <Route path="/saved" component={SavedPage} />
        <Route path="/search" component={SearchPage} />
        <Route path="/settings/:section?" component={SettingsPage} />
        <Route path="*" component={NowherePage} />
      </Route>
    </Router>
  )
}

function Root(props: RouteSectionProps) {
  return (
    <ErrorBoundary fallback={(error: unknown) => <PageFailed error={error} />}>
      <ThemeProvider>
        <RestoreSession>{props.children}</RestoreSession>
      </ThemeProvider>
      <ToastRegion
        toasts={toasts}
        label={t('shell.notices')}
        dismissLabel={t('shell.dismissNotice')}
      />
      <Tooltip />
    </ErrorBoundary>
  )
}

/** What only a signed-in user sees; everyone else signs in first and comes back. */
function SignedIn(props: RouteSectionProps) {
  const location = useLocation()
  // Keyed by the id: a change of my name must not build the frame anew, another user must.
  const myId = createMemo(() => {
    const state = session()
    return state.status === 'in' ? state.user.id : null
  })
  const me = () => {
    const state = session()
    return state.status === 'in' ? state.user : undefined
  }
  return (
    <Show
      when={myId()}
      keyed
      fallback={<Navigate href={signInPath(location.pathname + location.search)} />}
    >
      <Show when={me()}>
        {(user) => (
          <LiveProvider me={user()}>
            <UserSettingsProvider>
              <FollowLanguage />
              <ThreadsProvider>
                <MarksProvider>
                  <Frame>{props.children}</Frame>
                </MarksProvider>
              </ThreadsProvider>
            </UserSettingsProvider>
          </LiveProvider>
        )}
      </Show>
    </Show>
  )
}
