import * as lucide from 'lucide'
import { For, type JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Clock, Search, Smile } from '../ui/icons.ts'
import { makeIcon } from '../ui/make-icon.ts'
import type { PickSection } from './sections.ts'

// Most are loaded with the panel alone, so not among the icons of ui/icons.ts, which come with the page.
const icons: Record<PickSection['name'], () => JSX.Element> = {
  found: Search,
  recent: Clock,
  smileys: Smile,
  people: makeIcon(lucide.Hand, 'hand'),
  nature: makeIcon(lucide.Dog, 'dog'),
  food: makeIcon(lucide.Apple, 'apple'),
  travel: makeIcon(lucide.Plane, 'plane'),
  activities: makeIcon(lucide.Trophy, 'trophy'),
  objects: makeIcon(lucide.Lightbulb, 'lightbulb'),
  symbols: makeIcon(lucide.Heart, 'heart'),
  flags: makeIcon(lucide.Flag, 'flag'),
}

/** One button a section, that brings it into view. */
export function CategoryBar(props: {
  names: readonly PickSection['name'][]
  shown: number
  onShow: (at: number) => void
}) {
  return (
    <div class="emoji-categories" role="group" aria-label={t('emoji.categories')}>
      <For each={props.names}>
        {(name, at) => (
          <IconButton
            small
            class="emoji-category"
            label={t(`emoji.${name}`)}
            aria-current={props.shown === at() ? 'true' : undefined}
            onClick={() => props.onShow(at())}
          >
            {icons[name]()}
          </IconButton>
        )}
      </For>
    </div>
  )
}
