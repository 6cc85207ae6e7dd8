import { For, Show } from 'solid-js'
import type { SearchPart } from '../../src/protocol/search-query.ts'
import { formatDate } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive, type Live } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { X } from '../ui/icons.ts'

/** What the operators of a search mean, each with a way to take it off. */
export function SearchChips(props: {
  parts: readonly SearchPart[]
  /** The room that alone is searched. */
  roomId: string | null
  onRemove: (part: SearchPart) => void
  onEverywhere: () => void
}) {
  const live = useLive()
  const roomName = () => {
    const room = live.room(props.roomId ?? '')
    return room ? roomTitle(room) : t('search.otherRoom')
  }
  return (
    <Show when={props.roomId !== null || props.parts.length > 0}>
      <div class="search-chips" role="group" aria-label={t('search.filters')}>
        <Show when={props.roomId !== null}>
          <Chip text={t('search.chipRoom', { room: roomName() })} onRemove={props.onEverywhere} />
        </Show>
        <For each={props.parts}>
          {(part) => <Chip text={textOf(part, live)} onRemove={() => props.onRemove(part)} />}
        </For>
      </div>
    </Show>
  )
}

function Chip(props: { text: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      class="search-chip"
      aria-label={t('search.removeFilter', { filter: props.text })}
      onClick={() => props.onRemove()}
    >
      <span>{props.text}</span>
      <X />
    </button>
  )
}

/** A part in words: `Not from Ada`. */
function textOf(part: SearchPart, live: Live): string {
  const said = ((): string => {
    switch (part.type) {
      case 'from':
        return part.handle === 'me'
          ? t('search.chipFromMe')
          : t('search.chipFrom', {
              name: live.userByHandle(part.handle)?.name ?? `@${part.handle}`,
            })
      case 'in':
        return 'slug' in part
          ? t('search.chipRoom', { room: live.roomBySlug(part.slug)?.name ?? `#${part.slug}` })
          : t('search.chipDirect', {
              name: live.userByHandle(part.handle)?.name ?? `@${part.handle}`,
            })
      case 'has':
        return t(part.what === 'file' ? 'search.chipFile' : 'search.chipLink')
      case 'is':
        return t('search.chipThread')
      case 'before':
        return t('search.chipBefore', { day: shownDay(part.day) })
      case 'after':
        return t('search.chipAfter', { day: shownDay(part.day) })
      case 'words':
      case 'phrase':
        return part.text
    }
    return part satisfies never
  })()
  return part.not ? t('search.chipNot', { filter: said }) : said
}

/** Noon: the same day in every zone but the farthest. */
const shownDay = (day: string): string => formatDate(new Date(`${day}T12:00:00`))
