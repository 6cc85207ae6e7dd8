import { useLocation } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Compass, FolderPlus } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import type { SidebarPart } from './arrangement.ts'
import { makeLongPress } from './long-press.ts'
import { createRoomDrag } from './room-drag.ts'
import { SidebarPlaces } from './sidebar-places.tsx'
import { SidebarSection } from './sidebar-section.tsx'
import { useSidebar } from './sidebar-tools.ts'

/** The part of the sidebar that scrolls. What a row answers to is heard here, once for all rows. */
export function SidebarParts(props: {
  parts: readonly SidebarPart[]
  /** The pointer or the focus is on this room's row, or on none. */
  onHot: (roomId: string | null) => void
}) {
  const live = useLive()
  const sidebar = useSidebar()
  // Sections are keyed by id, so that one which changes is not built anew.
  const ids = createMemo(() => props.parts.map(({ id }) => id), [], { equals: isSameOrder })
  const drag = createRoomDrag({
    parts: () => props.parts,
    move: (roomId, target) => {
      const room = live.room(roomId)
      if (room) sidebar.moves.move(room, target)
    },
  })
  const openMenu = (at: { x: number; y: number }, target: EventTarget | null): boolean => {
    const id = roomIdAt(target)
    if (id !== null) sidebar.openMenu(id, at)
    return id !== null
  }
  const longPress = makeLongPress((at, target) => void openMenu(at, target))
  const isTarget = (id: string) =>
    drag.drop()?.lineTop === null && drag.drop()?.target.partId === id

  return (
    <>
      <Show when={drag.dragged() !== null && !ids().includes('favourites')}>
        <p
          class="sidebar-drop-favourite"
          classList={{ 'sidebar-target': isTarget('favourites') }}
          data-part="favourites"
          onDragOver={drag.over}
          onDrop={drag.dropped}
        >
          {t('sidebar.dropFavourite')}
        </p>
      </Show>
      <div
        class="sidebar-scroll"
        onPointerOver={(event) =>
          event.pointerType !== 'touch' && props.onHot(roomIdAt(event.target))
        }
        on:pointerleave={() => props.onHot(roomIdAt(document.activeElement))}
        onFocusIn={(event) => props.onHot(roomIdAt(event.target))}
        onPointerDown={longPress.down}
        onPointerMove={longPress.move}
        onPointerUp={longPress.up}
        on:pointercancel={longPress.up}
        on:click={{
          capture: true,
          handleEvent: (event: Event) => longPress.isSpent() && event.preventDefault(),
        }}
        onContextMenu={(event) => {
          if (openMenu(pointOf(event), event.target)) event.preventDefault()
        }}
        onDragStart={drag.start}
        onDragOver={drag.over}
        onDragLeave={drag.leave}
        onDrop={drag.dropped}
        onDragEnd={drag.end}
      >
        <SidebarPlaces />
        <Show when={live.ready()} fallback={<Loading />}>
          <For each={ids()}>
            {(id) => (
              <Show when={props.parts.find((part) => part.id === id)}>
                {(part) => (
                  <SidebarSection
                    part={part()}
                    isTarget={isTarget(id)}
                    more={id === 'rooms' ? <BrowseLink /> : undefined}
                  />
                )}
              </Show>
            )}
          </For>
          <button
            type="button"
            class="sidebar-link sidebar-new-section"
            onClick={() => sidebar.nameSection()}
          >
            <FolderPlus />
            <span class="sidebar-name">{t('sidebar.newSection')}</span>
          </button>
        </Show>
        <Show when={drag.drop()?.lineTop ?? undefined}>
          {(top) => <div class="sidebar-drop-line" style={{ top: `${top()}px` }} />}
        </Show>
      </div>
    </>
  )
}

function BrowseLink() {
  const location = useLocation()
  return (
    <a
      class="sidebar-link"
      href="/browse"
      draggable={false}
      aria-current={location.pathname === '/browse' ? 'page' : undefined}
    >
      <Compass />
      <span class="sidebar-name">{t('shell.browse')}</span>
    </a>
  )
}

function Loading() {
  const live = useLive()
  return (
    <Show when={live.error()} fallback={<Skeleton label={t('common.loading')} rows={6} />}>
      {(error) => (
        <p class="sidebar-note" role="status">
          {errorText(error())}
        </p>
      )}
    </Show>
  )
}

const roomIdAt = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest<HTMLElement>('[data-room]')?.dataset['room'] ?? null)
    : null

/** From the keyboard, the menu opens at the row and not at the pointer, which may be anywhere. */
function pointOf(event: MouseEvent): { x: number; y: number } {
  const { target, clientX: x, clientY: y } = event
  if (!(target instanceof Element) || x !== 0 || y !== 0) return { x, y }
  const box = target.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.bottom }
}

const isSameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at])
