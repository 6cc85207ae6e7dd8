import { lazy, Match, onMount, Suspense, Switch, type JSX } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { X } from '../ui/icons.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePanel } from './panel-state.ts'
import './room-panel.css'

const FilesPanel = lazy(() => import('../files/files-panel.tsx'))
const MembersPanel = lazy(() => import('./members-panel.tsx'))
const SettingsPanel = lazy(() => import('./settings-panel.tsx'))

/** Beside the room where there is space, over it where there is not. */
export function RoomPanel(props: { room: MyRoom }) {
  const { panel } = usePanel()
  return (
    <Switch>
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

function Panel(props: { title: string; children: JSX.Element }) {
  const { close } = usePanel()
  let heading: HTMLHeadingElement | undefined
  let opener: Element | null = null
  onMount(() => {
    opener = document.activeElement
    heading?.focus({ preventScroll: true })
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
