import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import type { PickSection } from './sections.ts'

export interface EmojiSectionProps {
  section: PickSection
  /** The place of its first one among all. */
  start: number
  columns: number
  /** The chosen one is here, so it must be there to be scrolled to. */
  isWanted: boolean
  optionId: (place: number) => string
  isChosen: (place: number) => boolean
}

/** One heading with its emoji. They are drawn once it comes near: two thousand at once would be felt. */
export function EmojiSection(props: EmojiSectionProps) {
  let here: HTMLDivElement | undefined
  const [isDrawn, setDrawn] = createSignal(false)
  onMount(() => {
    if (!here) return
    const watch = new IntersectionObserver(
      (seen) => seen.some((entry) => entry.isIntersecting) && setDrawn(true),
      { root: here.parentElement, rootMargin: '240px 0px' },
    )
    watch.observe(here)
    onCleanup(() => watch.disconnect())
  })
  createEffect(() => props.isWanted && setDrawn(true))
  const rows = () => Math.ceil(props.section.picks.length / Math.max(1, props.columns))
  return (
    <div
      ref={(element) => (here = element)}
      class="emoji-section"
      role="group"
      aria-label={t(`emoji.${props.section.name}`)}
    >
      <p class="emoji-heading" aria-hidden="true">
        {t(`emoji.${props.section.name}`)}
      </p>
      <div class="emoji-grid" role="presentation" style={{ '--rows': rows() }}>
        <Show when={isDrawn()}>
          <For each={props.section.picks}>
            {(pick, index) => (
              <button
                type="button"
                role="option"
                class="emoji-option"
                tabindex="-1"
                id={props.optionId(props.start + index())}
                data-place={props.start + index()}
                aria-label={pick.name}
                aria-selected={props.isChosen(props.start + index())}
              >
                {pick.emoji}
              </button>
            )}
          </For>
        </Show>
      </div>
    </div>
  )
}
