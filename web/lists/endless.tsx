import { onCleanup, Show, type JSX } from 'solid-js'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import type { Pages } from './create-pages.ts'
import '../rooms/room-panel.css'

/** Around a list that comes page by page: asks for the next when its end comes near, and says how it stands. */
export function Endless<Item>(props: {
  pages: Pages<Item>
  /** Shown when there is nothing at all. */
  empty: JSX.Element
  /** How many are shown; some that are loaded may not be. */
  count: number
  children: JSX.Element
}) {
  const isFirst = () => props.count === 0
  const rests = () => !props.pages.isLoading() && props.pages.error() === null
  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && props.pages.more(),
    { rootMargin: '600px' },
  )
  onCleanup(() => observer.disconnect())
  props.pages.reload()
  return (
    <>
      {props.children}
      <Show when={props.pages.isLoading()}>
        <Skeleton
          label={t(isFirst() ? 'common.loading' : 'talk.listMore')}
          look="chats"
          rows={isFirst() ? 5 : 2}
        />
      </Show>
      <Show when={props.pages.error()}>
        {(error) => (
          <ErrorState
            title={t('talk.listFailed')}
            retryLabel={t('common.retry')}
            onRetry={props.pages.more}
          >
            {errorText(error())}
          </ErrorState>
        )}
      </Show>
      <Show when={rests() && props.pages.isWhole()}>
        <Show when={isFirst()} fallback={<p class="panel-note">{t('talk.listEnd')}</p>}>
          {props.empty}
        </Show>
      </Show>
      {/* Made anew after each page: an observer tells of changes, and a short page changes nothing. */}
      <Show when={rests() && !props.pages.isWhole()}>
        <div class="list-end" ref={(element) => observer.observe(element)} aria-hidden="true" />
      </Show>
    </>
  )
}
