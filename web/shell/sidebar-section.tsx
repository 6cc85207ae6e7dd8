import { createMemo, createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { currentRoomId } from '../rooms/current-room.ts'
import { isWaiting } from '../rooms/room-state.ts'
import { IconButton } from '../ui/button.tsx'
import { ChevronDown, Ellipsis, Plus } from '../ui/icons.ts'
import { LongList } from '../ui/long-list.tsx'
import { Menu } from '../ui/menu.tsx'
import type { SidebarPart } from './arrangement.ts'
import { openDialog } from './open-dialog.ts'
import { RoomLink } from './room-link.tsx'
import { partTitle } from './sidebar-moves.ts'
import { useSidebar } from './sidebar-tools.ts'

/** A part of the sidebar that folds; folded it still shows what waits for me, and where I am. */
export function SidebarSection(props: {
  part: SidebarPart
  isTarget: boolean
  /** After the last room. */
  more?: JSX.Element
}) {
  const live = useLive()
  const id = () => props.part.id
  const key = `parley.folded.${id()}`
  const [folded, setFolded] = createSignal(localStorage.getItem(key) === 'true')
  const toggle = () => {
    setFolded(!folded())
    localStorage.setItem(key, String(folded()))
  }

  // Rows are keyed by id: a part is made anew on each change, its rows are not.
  const shown = createMemo(() =>
    props.part.rooms
      .filter((room) => !folded() || isWaiting(room) || room.id === currentRoomId())
      .map((room) => room.id),
  )
  const emptyText = () => {
    switch (props.part.kind) {
      case 'rooms':
        return t('shell.noRooms')
      case 'directs':
        return t('shell.noDirects')
      case 'own':
      case 'favourites':
        return t('sidebar.emptySection')
    }
    return props.part.kind satisfies never
  }

  return (
    <section
      class="sidebar-section"
      classList={{ 'sidebar-target': props.isTarget }}
      aria-labelledby={`section-${id()}`}
      data-part={id()}
    >
      <div class="sidebar-section-head" data-part-head>
        <button
          type="button"
          class="sidebar-fold"
          classList={{ folded: folded() }}
          aria-expanded={!folded()}
          onClick={toggle}
        >
          <ChevronDown />
          <span id={`section-${id()}`} class="sidebar-part-name" dir="auto">
            {partTitle(props.part)}
          </span>
        </button>
        <Switch>
          <Match when={props.part.kind === 'rooms'}>
            <IconButton small label={t('shell.newRoom')} onClick={() => openDialog('create-room')}>
              <Plus />
            </IconButton>
          </Match>
          <Match when={props.part.kind === 'directs'}>
            <IconButton small label={t('shell.newMessage')} onClick={() => openDialog('direct')}>
              <Plus />
            </IconButton>
          </Match>
          <Match when={props.part.kind === 'own'}>
            <SectionMenu part={props.part} />
          </Match>
        </Switch>
      </div>
      <LongList
        keys={shown()}
        current={currentRoomId()}
        scroller=".sidebar-scroll"
        row={(roomId) => (
          <Show when={live.room(roomId)}>{(room) => <RoomLink room={room()} />}</Show>
        )}
      />
      <Show when={props.part.rooms.length === 0 && !folded()}>
        <p class="sidebar-note">{emptyText()}</p>
      </Show>
      {props.more}
    </section>
  )
}

function SectionMenu(props: { part: SidebarPart }) {
  const { moves, nameSection } = useSidebar()
  const label = () => t('sidebar.sectionActions', { section: props.part.name })
  return (
    <Menu
      label={label()}
      align="end"
      trigger={(trigger) => (
        <IconButton small label={label()} {...trigger}>
          <Ellipsis />
        </IconButton>
      )}
      items={[
        {
          type: 'action',
          label: t('sidebar.rename'),
          onChoose: () => nameSection(props.part.id),
        },
        {
          type: 'action',
          label: t('sidebar.sectionUp'),
          onChoose: () => moves.changeSection(props.part.id, { step: -1 }),
        },
        {
          type: 'action',
          label: t('sidebar.sectionDown'),
          onChoose: () => moves.changeSection(props.part.id, { step: 1 }),
        },
        { type: 'separator' },
        {
          type: 'action',
          label: t('sidebar.removeSection'),
          danger: true,
          onChoose: () => moves.removeSection(props.part),
        },
      ]}
    />
  )
}
