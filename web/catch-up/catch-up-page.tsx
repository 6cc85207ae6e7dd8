import { useNavigate } from '@solidjs/router'
import { batch, createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { BackLink } from '../rooms/back-link.tsx'
import { roomPath } from '../rooms/room-state.ts'
import { setPageTitle } from '../shell/page-title.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import { createTouch } from '../ui/media.ts'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState } from '../ui/states.tsx'
import { CatchUpCard } from './catch-up-card.tsx'
import { createCatchUp } from './create-catch-up.ts'
import { afterDone, besides, type Item } from './items.ts'
import { stepOf } from './step-of.ts'
import './catch-up.css'

/** `/catch-up`: what I have not read, one after the other, with the keyboard or by hand. */
export default function CatchUpPage() {
  const live = useLive()
  const navigate = useNavigate()
  const catchUp = createCatchUp()
  const isTouch = createTouch()
  const [at, setAt] = createSignal<string | null>(null)
  const [lastDone, setLastDone] = createSignal<string | null>(null)
  let list: HTMLUListElement | undefined
  setPageTitle(() => t('catchUp.title'))

  // Cards are keyed, so that one which changes keeps its place and the focus.
  const keys = createMemo(() => catchUp.items().map(({ key }) => key))
  const current = () => {
    const key = at()
    return key !== null && keys().includes(key) ? key : (keys()[0] ?? null)
  }
  const goTo = (item: Item | undefined) => {
    if (!item) return
    setAt(item.key)
    const card = list?.querySelector<HTMLElement>(`[data-item="${item.key}"]`)
    card?.focus({ preventScroll: true })
    card?.scrollIntoView({ block: 'nearest' })
  }
  // Whoever comes here wants to walk: the first key press should do so.
  createEffect(
    on(
      () => keys().length > 0,
      (isThere) => {
        if (isThere && !document.querySelector('dialog[open]')) goTo(catchUp.item(keys()[0] ?? ''))
      },
    ),
  )

  const open = (item: Item) => {
    const room = live.room(item.roomId)
    if (!room) return
    navigate(item.root ? `${roomPath(room)}?thread=${item.root.id}` : roomPath(room))
  }
  const finish = (item: Item) => {
    if (catchUp.isDone(item)) return
    const next = afterDone(catchUp.items(), item.key, catchUp.done())
    batch(() => {
      catchUp.markDone(item)
      setLastDone(item.key)
    })
    goTo(next ?? item)
  }
  const undo = (item: Item | undefined) => {
    if (!item || !catchUp.isDone(item)) return
    catchUp.undo(item)
    goTo(item)
  }
  const finishAll = () => {
    const all = catchUp.items().filter((item) => !catchUp.isDone(item))
    batch(() => all.forEach(catchUp.markDone))
    toasts.show(t('catchUp.allDone', { count: all.length }), {
      action: { label: t('shell.undo'), run: () => batch(() => all.forEach(catchUp.undo)) },
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event)
    const here = catchUp.item(current() ?? '')
    // A button in a card has its own Enter.
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null
    if (!step || (step === 'open' && isOnButton)) return
    event.preventDefault()
    if (step === 'undo') {
      const isHereDone = here !== undefined && catchUp.isDone(here)
      undo(isHereDone ? here : catchUp.item(lastDone() ?? ''))
    } else if (step === 'next') goTo(besides(catchUp.items(), current(), 1))
    else if (step === 'previous') goTo(besides(catchUp.items(), current(), -1))
    else if (step === 'open' && here) open(here)
    else if (step === 'done' && here) finish(here)
  }

  return (
    <div class="page" onKeyDown={onKeyDown}>
      <header class="page-head">
        <BackLink />
        <h1>{t('catchUp.title')}</h1>
        <Show when={catchUp.left() > 0}>
          <span class="catch-up-left" role="status">
            {t('catchUp.left', { count: catchUp.left() })}
          </span>
          <Button small onClick={finishAll}>
            {t('catchUp.allRead')}
          </Button>
        </Show>
      </header>
      <Pane label={t('catchUp.title')} class="page-body">
        <div class="page-column catch-up">
          <Show when={catchUp.left() > 0}>
            <p class="catch-up-keys">{t('catchUp.keys')}</p>
          </Show>
          <ul
            class="catch-up-list"
            ref={(element) => (list = element)}
            aria-label={t('catchUp.list')}
          >
            <For each={keys()}>
              {(key) => (
                <Show when={catchUp.item(key)}>
                  {(item) => (
                    <CatchUpCard
                      item={item()}
                      isDone={catchUp.isDone(item())}
                      isCurrent={current() === key}
                      onFocus={() => setAt(key)}
                      onOpen={() => open(item())}
                      onDone={() => finish(item())}
                      onUndo={() => undo(item())}
                    />
                  )}
                </Show>
              )}
            </For>
          </ul>
          <Show when={catchUp.isLoading() && keys().length === 0}>
            <Skeleton label={t('common.loading')} rows={4} />
          </Show>
          <Show when={!catchUp.isLoading() && catchUp.left() === 0}>
            <EmptyState drawing="chats" title={t('catchUp.finished')}>
              {t('catchUp.finishedText')} {!isTouch() && t('catchUp.finishedKeys')}
            </EmptyState>
          </Show>
        </div>
      </Pane>
    </div>
  )
}
