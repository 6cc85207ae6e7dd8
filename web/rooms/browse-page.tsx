import { createSignal, For, onCleanup, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { openDialog } from '../shell/open-dialog.ts'
import { setPageTitle } from '../shell/page-title.ts'
import { Button } from '../ui/button.tsx'
import { Pane } from '../ui/pane.tsx'
import { Plus } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { TextField } from '../ui/text-field.tsx'
import { BackLink } from './back-link.tsx'
import { BrowseRow } from './browse-row.tsx'
import { createBrowse } from './create-browse.ts'
import './forms.css'

const waitMs = 150

/** Every public room, mine marked. */
export default function BrowsePage() {
  const [typed, setTyped] = createSignal('')
  const browse = createBrowse()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  setPageTitle(() => t('rooms.browseTitle'))

  const search = (text: string) => {
    setTyped(text)
    clearTimeout(timer)
    timer = setTimeout(() => browse.ask(text.trim()), waitMs)
  }
  const isEmpty = () => browse.state() === 'ready' && browse.rooms().length === 0

  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{t('rooms.browseTitle')}</h1>
        <Button small onClick={() => openDialog('create-room')}>
          <Plus />
          {t('rooms.createTitle')}
        </Button>
      </header>
      <Pane label={t('rooms.browseTitle')} class="page-body">
        <div class="page-column">
          <TextField
            label={t('rooms.browseSearch')}
            type="search"
            autocomplete="off"
            value={typed()}
            onText={search}
          />
          <ul class="browse-list">
            <For each={browse.rooms()}>{(room) => <BrowseRow room={room} />}</For>
          </ul>
          <Show when={browse.state() === 'loading'}>
            <Skeleton label={t('common.loading')} rows={6} />
          </Show>
          <Show when={browse.problem()}>
            {(problem) => (
              <ErrorState title={problem()} retryLabel={t('common.retry')} onRetry={browse.more} />
            )}
          </Show>
          <Show when={isEmpty() && browse.query() !== ''}>
            <EmptyState drawing="search" title={t('rooms.browseNone', { query: browse.query() })} />
          </Show>
          <Show when={isEmpty() && browse.query() === ''}>
            <EmptyState
              drawing="rooms"
              title={t('rooms.browseEmpty')}
              action={
                <Button kind="primary" onClick={() => openDialog('create-room')}>
                  {t('rooms.create')}
                </Button>
              }
            >
              {t('rooms.browseEmptyText')}
            </EmptyState>
          </Show>
          <Show when={browse.state() === 'ready' && browse.rooms().length > 0}>
            <Show
              when={browse.hasMore()}
              fallback={<p class="panel-note">{t('rooms.browseEnd')}</p>}
            >
              <Button wide onClick={browse.more}>
                {t('rooms.browseMore')}
              </Button>
            </Show>
          </Show>
        </div>
      </Pane>
    </div>
  )
}
