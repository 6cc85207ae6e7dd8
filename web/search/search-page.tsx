import { useLocation, useNavigate, useSearchParams } from '@solidjs/router'
import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  Show,
} from 'solid-js'
import type { SearchResult } from '../../src/protocol/search.ts'
import { chatPath } from '../chats/chat-link.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { BackLink } from '../rooms/back-link.tsx'
import { roomTitle } from '../rooms/room-state.ts'
import { setPageTitle } from '../shell/page-title.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { Button } from '../ui/button.tsx'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { createSearch } from './create-search.ts'
import { groupByRoom, type Group } from './groups.ts'
import { ResultRow } from './result-row.tsx'
import { SearchChips } from './search-chips.tsx'
import { SearchField, type SearchFieldHandle } from './search-field.tsx'
import { askAgain } from './open-search.ts'
import { askedOf, chipsOf, withoutPart, withPart, type Completion } from './search-text.ts'
import '../chats/chat-row.css'
import '../rooms/room-panel.css'
import './search.css'

/** What can be put into the line by a press; the ones that end in a colon go on by being typed. */
const filters = [
  'from:',
  'in:',
  'has:file ',
  'has:link ',
  'is:thread ',
  'before:',
  'after:',
] as const

/** `/search?q=TEXT`, everywhere or with `room=ID` in one room. */
export default function SearchPage() {
  const navigate = useNavigate()
  const location = useLocation<{ isFromApp?: boolean }>()
  const [params, setParams] = useSearchParams<{ q?: string; room?: string }>()
  const listId = createUniqueId()
  const roomId = () => params.room ?? null
  const [text, setText] = createSignal(params.q ?? '')
  const [begun, setBegun] = createSignal<Completion | null>(null)
  const search = createSearch(() => ({ query: askedOf(text(), begun()), roomId: roomId() }))
  const [chosen, setChosen] = createSignal(0)
  let field: SearchFieldHandle | undefined
  setPageTitle(() => t('search.title'))

  // Another search at the same address: Back, or a link. What this page wrote there itself is no news.
  let kept = (params.q ?? '').trim()
  createEffect(
    on(
      () => (params.q ?? '').trim(),
      (q) => {
        if (q !== kept) setText(q)
        kept = q
      },
      { defer: true },
    ),
  )
  createEffect(on(askAgain, () => field?.focus(), { defer: true }))
  createEffect(on(search.shown, () => setChosen(0), { defer: true }))

  const change = (next: string, part: Completion | null) => {
    batch(() => {
      setBegun(part)
      setText(next)
    })
    keepSoon()
  }
  // The address follows, so that Back from a result leads here as it was.
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  onCleanup(() => {
    isOver = true
    clearTimeout(timer)
  })
  const keep = (more: { room?: null } = {}) => {
    clearTimeout(timer)
    kept = text().trim()
    const q = kept === '' ? null : kept
    setParams({ q, ...more }, { replace: true, scroll: false, state: location.state })
  }
  const keepSoon = () => {
    clearTimeout(timer)
    // The line loses the focus when the page goes: the address is another page's by then.
    if (!isOver) timer = setTimeout(keep, 250)
  }

  const groups = createMemo(() => groupByRoom(search.results()))
  const at = () => Math.min(chosen(), search.results().length - 1)
  const rowId = (index: number) => `${listId}-${index}`
  const move = (by: 1 | -1) => {
    const count = search.results().length
    if (count === 0) return
    const next = Math.max(0, Math.min(count - 1, at() + by))
    setChosen(next)
    document.getElementById(rowId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const open = (result: SearchResult | undefined) => {
    if (!result) return
    const go = () => navigate(chatPath(result.chat, result.room))
    if (kept === text().trim()) return go()
    keep()
    // Of two steps in one turn the router makes one, and Back would lead past the search.
    setTimeout(go)
  }
  const leave = () => (location.state?.isFromApp === true ? navigate(-1) : navigate('/'))
  const everywhere = () => {
    keep({ room: null })
    field?.focus()
  }

  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && search.more(),
    { rootMargin: '600px' },
  )
  onCleanup(() => observer.disconnect())

  const count = () => search.results().length
  const isEmpty = () => search.state() === 'ready' && count() === 0
  return (
    <div class="page">
      <header class="page-head search-head">
        <BackLink />
        <h1 class="visually-hidden">{t('search.title')}</h1>
        <SearchField
          text={text()}
          onText={change}
          resultsId={listId}
          chosenId={count() > 0 ? rowId(at()) : undefined}
          onMove={move}
          onOpen={() => open(search.results()[at()])}
          onLeave={leave}
          ref={(handle) => (field = handle)}
        />
      </header>
      <Pane label={t('search.title')} class="page-body">
        <div class="search-column">
          <SearchChips
            parts={chipsOf(text())}
            roomId={roomId()}
            onRemove={(part) => {
              const next = withoutPart(text(), part)
              field?.edit(next, next.length)
            }}
            onEverywhere={everywhere}
          />
          <p class="visually-hidden" role="status">
            {search.state() === 'ready' ? t('search.count', { count: count() }) : ''}
          </p>
          <div
            class="results"
            aria-busy={search.state() === 'loading'}
            role="listbox"
            id={listId}
            aria-label={t('search.results')}
          >
            <For each={groups()}>
              {(group) => (
                <div role="group" aria-labelledby={`${listId}-room-${group.start}`}>
                  <GroupHead id={`${listId}-room-${group.start}`} room={group.room} />
                  <For each={group.results}>
                    {(result, index) => (
                      <ResultRow
                        id={rowId(group.start + index())}
                        result={result}
                        isChosen={group.start + index() === at()}
                        onChoose={() => setChosen(group.start + index())}
                        onOpen={() => open(result)}
                      />
                    )}
                  </For>
                </div>
              )}
            </For>
          </div>
          <Show when={search.state() === 'loading' && count() === 0}>
            <Skeleton label={t('common.loading')} look="chats" rows={5} />
          </Show>
          <Show when={search.problem()}>
            {(problem) => (
              <ErrorState
                title={t('search.failed')}
                retryLabel={t('common.retry')}
                onRetry={search.more}
              >
                {problem()}
              </ErrorState>
            )}
          </Show>
          <Show when={isEmpty()}>
            <EmptyState
              drawing="search"
              title={t('search.none', { query: search.shown().query })}
              action={
                <Show when={roomId() !== null}>
                  <Button onClick={everywhere}>{t('search.everywhere')}</Button>
                </Show>
              }
            >
              {t('search.noneText')}
            </EmptyState>
          </Show>
          <Show when={search.state() === 'idle'}>
            <EmptyState drawing="search" title={t('search.start')}>
              {t('search.startText')}
            </EmptyState>
            <ul class="search-hints" aria-label={t('search.hints')}>
              <For each={filters.filter((filter) => roomId() === null || filter !== 'in:')}>
                {(filter) => (
                  <li>
                    <button
                      type="button"
                      class="search-hint"
                      onClick={() => {
                        const next = withPart(text(), filter)
                        field?.edit(next.text, next.caret)
                      }}
                    >
                      <code dir="ltr">{filter.trim()}</code>
                      <span>{t(hintOf(filter))}</span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <Show when={search.state() === 'ready' && count() > 0}>
            <Show when={search.hasMore()} fallback={<p class="panel-note">{t('search.end')}</p>}>
              <div class="search-more" ref={(element) => observer.observe(element)}>
                <Button wide onClick={search.more}>
                  {t('search.more')}
                </Button>
              </div>
            </Show>
          </Show>
        </div>
      </Pane>
    </div>
  )
}

function hintOf(filter: (typeof filters)[number]) {
  switch (filter) {
    case 'from:':
      return 'search.hintFrom'
    case 'in:':
      return 'search.hintIn'
    case 'has:file ':
      return 'search.hintFile'
    case 'has:link ':
      return 'search.hintLink'
    case 'is:thread ':
      return 'search.hintThread'
    case 'before:':
      return 'search.hintBefore'
    case 'after:':
      return 'search.hintAfter'
  }
}

function GroupHead(props: { id: string; room: Group['room'] }) {
  const live = useLive()
  const mine = () => live.room(props.room.id)
  const title = () => {
    const room = mine()
    return room ? roomTitle(room) : props.room.name
  }
  return (
    <div class="result-room" role="presentation" id={props.id}>
      <RoomIcon room={mine() ?? { kind: props.room.kind, people: [] }} />
      <span dir="auto">{title()}</span>
    </div>
  )
}
