import { For, type JSX } from 'solid-js'
import Apple from 'lucide-solid/icons/apple'
import Dog from 'lucide-solid/icons/dog'
import Flag from 'lucide-solid/icons/flag'
import Hand from 'lucide-solid/icons/hand'
import Heart from 'lucide-solid/icons/heart'
import Lightbulb from 'lucide-solid/icons/lightbulb'
import Plane from 'lucide-solid/icons/plane'
import Smile from 'lucide-solid/icons/face-slightly-smiling'
import Trophy from 'lucide-solid/icons/trophy'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Clock, Search } from '../ui/icons.ts'
import type { PickSection } from './sections.ts'

// Loaded with the panel alone, so not among the icons of ui/icons.ts, which come with the page.
const icons: Record<PickSection['name'], () => JSX.Element> = {
  found: () => <Search />,
  recent: () => <Clock />,
  smileys: () => <Smile />,
  people: () => <Hand />,
  nature: () => <Dog />,
  food: () => <Apple />,
  travel: () => <Plane />,
  activities: () => <Trophy />,
  objects: () => <Lightbulb />,
  symbols: () => <Heart />,
  flags: () => <Flag />,
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
