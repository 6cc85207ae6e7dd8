import type { MyRoom, NotifyLevel } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { levelText } from '../notify/level-text.ts'
import { defaultLevel } from '../notify/level.ts'
import { isMuted, isUnread, roomPath, roomTitle } from '../rooms/room-state.ts'
import { useRoomPreferences } from '../rooms/room-preferences.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { toasts } from '../toasts.ts'
import { copyToClipboard } from '../ui/clipboard.ts'
import type { Anchor } from '../ui/floating.tsx'
import {
  ArrowDown,
  ArrowUp,
  Bell,
  BellOff,
  CheckCheck,
  FolderInput,
  FolderPlus,
  Link,
  LogOut,
  Star,
  StarOff,
} from '../ui/icons.ts'
import { MenuPanel, type MenuItem } from '../ui/menu.tsx'
import { stepTarget, type SidebarPart } from './arrangement.ts'
import type { SidebarMoves } from './sidebar-moves.ts'

export interface RoomMenuProps {
  room: MyRoom
  anchor: Anchor
  /** `move` is the second page: where the room could stand. */
  page: 'all' | 'move'
  parts: readonly SidebarPart[]
  moves: SidebarMoves
  onClose: () => void
  onMove: () => void
  onNewSection: () => void
  onLeave: () => void
}

type Action = Extract<MenuItem, { type: 'action' }>

/** What I can do with a room of mine without opening it. */
export default function RoomMenu(props: RoomMenuProps) {
  const label = () => t('sidebar.roomActions', { room: roomTitle(props.room) })
  const items = createItems(props)
  return (
    <MenuPanel
      anchor={props.anchor}
      onClose={props.onClose}
      label={label()}
      items={props.page === 'move' ? items.places() : items.all()}
    />
  )
}

function createItems(props: RoomMenuProps) {
  const live = useLive()
  const { settings } = useUserSettings()
  const prefer = useRoomPreferences()
  const part = () => props.parts.find(({ rooms }) => rooms.some(({ id }) => id === props.room.id))

  const place = (partId: string, name: string): Action => ({
    type: 'action',
    label: name,
    checked: part()?.id === partId,
    onChoose: () => props.moves.move(props.room, { partId, before: null }),
  })
  const places = (): MenuItem[] => [
    { type: 'heading', label: t('sidebar.moveTo') },
    place('favourites', t('sidebar.favourites')),
    ...props.parts.filter(({ kind }) => kind === 'own').map(({ id, name }) => place(id, name)),
    props.room.kind === 'direct'
      ? place('directs', t('shell.directs'))
      : place('rooms', t('shell.rooms')),
    { type: 'separator' },
    {
      type: 'action',
      label: t('sidebar.newSection'),
      icon: () => <FolderPlus />,
      onChoose: props.onNewSection,
    },
  ]

  const favourite = (): Action => {
    const isFavourite = part()?.kind === 'favourites'
    const partId = isFavourite ? 'rooms' : 'favourites'
    return {
      type: 'action',
      label: t(isFavourite ? 'sidebar.unfavour' : 'sidebar.favour'),
      icon: () => (isFavourite ? <StarOff /> : <Star />),
      onChoose: () => props.moves.move(props.room, { partId, before: null }),
    }
  }
  const steps = (): MenuItem[] => {
    const held = part()
    if (!held) return []
    const step = (by: 1 | -1): MenuItem[] => {
      const target = stepTarget(held, props.room.id, by)
      if (!target) return []
      const onChoose = () => props.moves.move(props.room, target)
      return [
        by === -1
          ? { type: 'action', label: t('sidebar.moveUp'), icon: () => <ArrowUp />, onChoose }
          : {
              type: 'action',
              label: t('sidebar.moveDown'),
              icon: () => <ArrowDown />,
              onChoose,
            },
      ]
    }
    return [...step(-1), ...step(1)]
  }

  const level = (notify: NotifyLevel | null, name: string): Action => ({
    type: 'action',
    label: name,
    checked: props.room.preferences.notify === notify,
    disabled: isMuted(props.room),
    onChoose: () => void prefer(props.room, { notify }),
  })
  const notify = (): MenuItem[] => [
    { type: 'heading', label: t('sidebar.notify') },
    level(
      null,
      t('sidebar.notifyDefault', { level: levelText(defaultLevel(props.room, settings())) }),
    ),
    level('all', levelText('all')),
    level('mentions', levelText('mentions')),
    level('none', levelText('none')),
    {
      type: 'action',
      label: t(isMuted(props.room) ? 'sidebar.unmute' : 'sidebar.mute'),
      icon: () => (isMuted(props.room) ? <Bell /> : <BellOff />),
      onChoose: () => void prefer(props.room, { muted: !isMuted(props.room) }),
    },
  ]

  const copyLink = async (): Promise<void> => {
    const isCopied = await copyToClipboard(location.origin + roomPath(props.room))
    toasts.show(t(isCopied ? 'chats.copied' : 'chats.copyFailed'), {
      kind: isCopied ? 'done' : 'failed',
    })
  }
  const all = (): MenuItem[] => [
    {
      type: 'action',
      label: t('sidebar.markRead'),
      icon: () => <CheckCheck />,
      disabled: !isUnread(props.room),
      onChoose: () => live.markRead(props.room.id),
    },
    favourite(),
    {
      type: 'action',
      label: t('sidebar.moveTo'),
      icon: () => <FolderInput />,
      onChoose: props.onMove,
    },
    ...steps(),
    { type: 'separator' },
    ...notify(),
    { type: 'separator' },
    {
      type: 'action',
      label: t('sidebar.copyLink'),
      icon: () => <Link />,
      onChoose: () => void copyLink(),
    },
    ...(props.room.kind === 'direct' ? [] : [leave()]),
  ]
  const leave = (): Action => ({
    type: 'action',
    label: t('sidebar.leave'),
    icon: () => <LogOut />,
    danger: true,
    onChoose: props.onLeave,
  })
  return { all, places }
}
