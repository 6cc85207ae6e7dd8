import { For, Match, Show, Switch as Cases } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { askForDesktop, desktopState, switchDesktop } from '../notify/desktop.ts'
import { levelText } from '../notify/level-text.ts'
import { levelOf } from '../notify/level.ts'
import { playSound } from '../notify/sound.ts'
import { useRoomPreferences } from '../rooms/room-preferences.ts'
import { isMuted, roomPath, roomTitle } from '../rooms/room-state.ts'
import { RoomIcon } from '../shell/room-link.tsx'
import { Button } from '../ui/button.tsx'
import { Select, Switch } from '../ui/choice.tsx'
import { useUserSettings } from './user-settings.ts'
import './notifications-section.css'

const levels = ['all', 'mentions', 'none'] as const

/** What is told while I look at something else, and how. */
export function NotificationsSection() {
  const { settings, change } = useUserSettings()
  return (
    <section class="form" aria-label={t('notify.title')}>
      <h2 class="settings-heading">{t('notify.here')}</h2>
      <Desktop />
      <h2 class="settings-heading">{t('notify.everywhere')}</h2>
      <Select
        label={t('notify.level')}
        hint={t('notify.levelText')}
        options={levels.map((value) => ({ value, label: levelText(value) }))}
        value={settings().notify ?? 'mentions'}
        onChoose={(notify) => void change({ notify })}
      />
      <div class="settings-line">
        <Switch
          label={t('notify.sound')}
          checked={settings().sound ?? true}
          onChange={(sound) => void change({ sound })}
        />
        <Button small onClick={() => void playSound()}>
          {t('notify.hear')}
        </Button>
      </div>
      <Switch
        label={t('notify.hidesText')}
        hint={t('notify.hidesTextText')}
        checked={settings().hidesText ?? false}
        onChange={(hidesText) => void change({ hidesText })}
      />
      <h2 class="settings-heading">{t('notify.differing')}</h2>
      <Differing />
    </section>
  )
}

function Desktop() {
  return (
    <Cases>
      <Match when={desktopState() === 'absent'}>
        <p class="form-hint">{t('notify.absent')}</p>
      </Match>
      <Match when={desktopState() === 'refused'}>
        <p class="form-hint">{t('notify.refused')}</p>
      </Match>
      <Match when={desktopState() === 'unasked'}>
        <p class="form-hint">{t('notify.unasked')}</p>
        <Button kind="primary" onClick={() => void askForDesktop()}>
          {t('notify.allow')}
        </Button>
      </Match>
      <Match when={true}>
        <Switch
          label={t('notify.desktop')}
          hint={t('notify.desktopText')}
          checked={desktopState() === 'on'}
          onChange={switchDesktop}
        />
      </Match>
    </Cases>
  )
}

/** Rooms that say something else than what is set for all, each with the way back. */
function Differing() {
  const live = useLive()
  const prefer = useRoomPreferences()
  const { settings } = useUserSettings()
  const differs = ({ preferences, archivedAt }: MyRoom) =>
    archivedAt === null && (preferences.muted || preferences.notify !== null)
  const says = (room: MyRoom) =>
    isMuted(room) ? t('notify.muted') : levelText(levelOf(room, settings()))
  const rooms = () => live.rooms().filter(differs)
  return (
    <Show when={rooms().length > 0} fallback={<p class="form-hint">{t('notify.noneDiffers')}</p>}>
      <ul class="differing">
        <For each={rooms()}>
          {(room) => (
            <li class="differing-row">
              <RoomIcon room={room} />
              <a class="differing-name" href={roomPath(room)} dir="auto">
                {roomTitle(room)}
              </a>
              <span class="form-hint">{says(room)}</span>
              <Button
                small
                aria-label={t('notify.resetRoom', { room: roomTitle(room) })}
                onClick={() => void prefer(room, { muted: false, notify: null })}
              >
                {t('notify.reset')}
              </Button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
