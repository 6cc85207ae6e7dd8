import {
  createEffect,
  createMemo,
  createResource,
  createSelector,
  createSignal,
  createUniqueId,
  For,
  Match,
  on,
  onMount,
  Show,
  Switch,
} from 'solid-js'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { language } from '../i18n/language.ts'
import { t } from '../i18n/t.ts'
import { Search } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { CategoryBar } from './category-bar.tsx'
import { gridMoveOf, moveInGrid } from './grid.ts'
import { EmojiSection } from './emoji-section.tsx'
import { useEmojiHabits } from './habits.ts'
import { searchEmoji } from './search.ts'
import { pickOf, sectionsOf, type Pick, type PickSection } from './sections.ts'
import { loadEmoji } from './table.ts'
import { ToneMenu } from './tone-menu.tsx'

const mostFound = 90

/** Search, categories and the grid. The focus stays in the search field; arrows move the choice. */
export default function EmojiPanel(props: { onPick: (emoji: string) => void; hasFocus: boolean }) {
  const habits = useEmojiHabits()
  const list = createUniqueId()
  const [table, { refetch }] = createResource(language, loadEmoji)
  const [query, setQuery] = createSignal('')
  const [chosen, setChosen] = createSignal<number | null>(null)
  const [pointed, setPointed] = createSignal<number | null>(null)
  /** The arrows moved the choice: left and right are the grid's until something is typed. */
  const [isInGrid, setInGrid] = createSignal(false)
  const [columns, setColumns] = createSignal(9)
  const [shownSection, setShownSection] = createSignal(0)
  let field: HTMLInputElement | undefined
  let pane: HTMLDivElement | undefined

  // What is picked now must not move under the pointer: the order is as it was on opening.
  const recent = habits.recent()
  const sections = createMemo((): readonly PickSection[] => {
    const held = table.state === 'ready' ? table() : undefined
    if (!held) return []
    if (query().trim() === '') return sectionsOf(held, recent, habits.tone())
    const picks = searchEmoji(held, query(), mostFound).map((each) => pickOf(each, habits.tone()))
    return picks.length > 0 ? [{ name: 'found', picks }] : []
  })
  /** Of each section, the place of its first one among all. */
  const starts = createMemo(() => {
    let next = 0
    return sections().map(({ picks }) => (next += picks.length) - picks.length)
  })
  const picks = createMemo(() => sections().flatMap((section) => section.picks))
  const isChosen = createSelector(chosen)
  const sectionOfChosen = (): number => {
    const at = chosen()
    return at === null ? -1 : starts().findLastIndex((start) => start <= at)
  }
  const shown = (): Pick | undefined => picks()[pointed() ?? chosen() ?? -1]

  createEffect(
    on(query, (text) => {
      setChosen(text.trim() === '' ? null : 0)
      setPointed(null)
      setInGrid(false)
      if (pane) pane.scrollTop = 0
    }),
  )
  onMount(() => props.hasFocus && field?.focus())

  const pick = (at: number | null): void => {
    const found = at === null ? undefined : picks()[at]
    if (!found) return
    habits.used(found.emoji)
    props.onPick(found.emoji)
  }
  const optionId = (place: number): string => `${list}-${place}`
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return pick(chosen())
    }
    const isRtl = pane !== undefined && getComputedStyle(pane).direction === 'rtl'
    const move = gridMoveOf(event.key, isRtl)
    const isSideways = move !== 'up' && move !== 'down'
    if (!move || picks().length === 0 || (isSideways && !isInGrid())) return
    event.preventDefault()
    const counts = sections().map((section) => section.picks.length)
    const from = chosen()
    const next = from === null ? 0 : moveInGrid(counts, columns(), from, move)
    setInGrid(next !== null)
    setChosen(next)
    if (next !== null) document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const sectionTops = (): number[] =>
    Array.from(
      pane?.querySelectorAll<HTMLElement>('.emoji-section') ?? [],
      (each) => each.offsetTop,
    )
  const look = (): void => {
    const top = (pane?.scrollTop ?? 0) + 8
    setShownSection(
      Math.max(
        0,
        sectionTops().findLastIndex((each) => each <= top),
      ),
    )
  }
  /** How many fit beside each other is up to the CSS. */
  const takePane = (element: HTMLDivElement): void => {
    pane = element
    queueMicrotask(() => {
      const grid = element.querySelector('.emoji-grid')
      if (grid) setColumns(getComputedStyle(grid).gridTemplateColumns.split(' ').length)
    })
  }
  const placeOf = (event: Event): number | null => {
    const option = event.target instanceof Element && event.target.closest('[data-place]')
    return option instanceof HTMLElement ? Number(option.dataset['place']) : null
  }

  return (
    <div class="emoji-panel">
      <div class="emoji-head">
        <div class="emoji-search">
          <Search />
          <input
            ref={(element) => (field = element)}
            class="input"
            type="text"
            inputmode="search"
            enterkeyhint="done"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-label={t('emoji.search')}
            placeholder={t('emoji.search')}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={list}
            aria-activedescendant={chosen() === null ? undefined : optionId(chosen() ?? 0)}
            value={query()}
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <ToneMenu tone={habits.tone()} onTone={habits.setTone} />
      </div>
      <Show when={query().trim() === '' && sections().length > 0}>
        <CategoryBar
          names={sections().map((section) => section.name)}
          shown={shownSection()}
          onShow={(at) => pane?.scrollTo({ top: sectionTops()[at] ?? 0 })}
        />
      </Show>
      <Switch>
        <Match when={table.state === 'errored'}>
          <ErrorState
            title={t('emoji.loadFailed')}
            retryLabel={t('common.retry')}
            onRetry={() => void refetch()}
          >
            {errorText(asApiError(table.error))}
          </ErrorState>
        </Match>
        <Match when={table.loading}>
          <div class="emoji-pane">
            <Skeleton label={t('common.loading')} rows={6} />
          </div>
        </Match>
        <Match when={true}>
          <div
            ref={takePane}
            class="emoji-pane"
            id={list}
            role="listbox"
            tabindex="-1"
            aria-label={t('emoji.title')}
            onScroll={look}
            // The focus stays in the search field, and a phone's keyboard as it is.
            onPointerDown={(event) => event.pointerType === 'mouse' && event.preventDefault()}
            onPointerMove={(event) => event.pointerType === 'mouse' && setPointed(placeOf(event))}
            onPointerLeave={() => setPointed(null)}
            onClick={(event) => pick(placeOf(event))}
          >
            <For
              each={sections()}
              fallback={<p class="emoji-none">{t('emoji.none', { query: query().trim() })}</p>}
            >
              {(section, at) => (
                <EmojiSection
                  section={section}
                  start={starts()[at()] ?? 0}
                  columns={columns()}
                  isWanted={sectionOfChosen() === at()}
                  optionId={optionId}
                  isChosen={isChosen}
                />
              )}
            </For>
          </div>
        </Match>
      </Switch>
      <div class="emoji-foot" aria-hidden="true">
        <Show when={shown()} fallback={<span class="emoji-hint">{t('emoji.hint')}</span>}>
          {(each) => (
            <>
              <span class="emoji-big">{each().emoji}</span>
              <span class="emoji-words">
                <span class="emoji-name">{each().name}</span>
                <Show when={each().codes[0]}>
                  <span class="emoji-code" dir="ltr">
                    :{each().codes[0]}:
                  </span>
                </Show>
              </span>
            </>
          )}
        </Show>
      </div>
    </div>
  )
}
