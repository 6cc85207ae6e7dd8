import { lazy, Match, onMount, Suspense, Switch, type JSX } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { X } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { FollowButton } from '../threads/follow-button.tsx'
import { usePanel } from './panel-state.ts'
import './room-panel.css'

const FilesPanel = lazy(() => import('../files/files-panel.tsx'))
const MembersPanel = lazy(() => import('./members-panel.tsx'))
const PinsPanel = lazy(() => import('../lists/pins-panel.tsx'))
const ThreadPanel = lazy(() => import('../threads/thread-panel.tsx'))
const SettingsPanel = lazy(() => import('./settings-panel.tsx'))

/** Beside the room where there is space, over it where there is not. */
export function RoomPanel(props: { room: MyRoom }) {
  const { panel, thread, threadAt } = usePanel()
  return (
    <Switch>
      <Match when={thread()} keyed>
        {(threadId) => (
          <Panel
            title={t('talk.thread')}
            actions={<FollowButton threadId={threadId} />}
            leavesFocus
          >
            <ThreadPanel room={props.room} threadId={threadId} at={threadAt()} />
          </Panel>
        )}
      </Match>
      <Match when={panel() === 'pins'}>
        <Panel title={t('talk.pins')}>
          <PinsPanel room={props.room} />
        </Panel>
      </Match>
      <Match when={panel() === 'members'}>
        <Panel title={t('rooms.membersTitle')}>
          <MembersPanel room={props.room} />
        </Panel>
      </Match>
      <Match when={panel() === 'files'}>
        <Panel title={t('files.panel')}>
          <FilesPanel room={props.room} />
        </Panel>
      </Match>
      <Match when={panel() === 'settings' && props.room.kind !== 'direct'}>
        <Panel title={t('rooms.settingsTitle')}>
          <SettingsPanel room={props.room} />
        </Panel>
      </Match>
    </Switch>
  )
}

interface PanelProps {
  title: string
  actions?: JSX.Element
  /** Something inside takes the focus: a composer. */
  leavesFocus?: boolean
  children: JSX.Element
}

/** The frame of a side panel, which closes it. */
export function Panel(props: PanelProps) {
  const { close } = usePanel()
  let heading: HTMLHeadingElement | undefined
  let opener: Element | null = null
  onMount(() => {
    opener = document.activeElement
    // A composer takes it, but for fingers: there the keyboard would jump up.
    const isTaken = props.leavesFocus && !matchMedia('(pointer: coarse)').matches
    if (!isTaken) heading?.focus({ preventScroll: true })
  })
  const leave = () => {
    close()
    if (opener instanceof HTMLElement) opener.focus()
  }
  return (
    <aside
      class="room-panel"
      aria-label={props.title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        leave()
      }}
    >
      <header class="panel-head">
        <h2 tabindex="-1" ref={(element) => (heading = element)}>
          {props.title}
        </h2>
        {props.actions}
        <IconButton label={t('rooms.hidePanel')} onClick={leave}>
          <X />
        </IconButton>
      </header>
      <Suspense fallback={<Skeleton label={t('common.loading')} rows={5} />}>
        {props.children}
      </Suspense>
    </aside>
  )
}
