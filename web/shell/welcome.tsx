import { Show, type JSX } from 'solid-js'
import { session } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { askForDesktop, desktopState } from '../notify/desktop.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Drawing } from '../ui/drawings.tsx'
import { Check, ChevronRight } from '../ui/icons.ts'
import { openDialog } from './open-dialog.ts'
import './welcome.css'

/** Where nothing is open yet: the first steps, ticked as they are taken. */
export function Welcome() {
  const live = useLive()
  const isOwner = () => {
    const state = session()
    return state.status === 'in' && state.user.role === 'owner'
  }
  const owns = () => live.rooms().some((room) => room.kind !== 'direct' && room.role === 'owner')
  const joined = () => live.rooms().some((room) => room.kind === 'public' && room.role !== 'owner')
  const wrote = () => live.rooms().some((room) => room.kind === 'direct')

  return (
    <div class="welcome">
      <Drawing name="rooms" />
      <h1>{t('shell.welcome', { name: live.me().name })}</h1>
      <Show when={isOwner() && live.rooms().length === 0}>
        <p>{t('shell.firstHere')}</p>
      </Show>
      <p>{t('shell.welcomeText')}</p>
      <ol class="welcome-steps">
        <Step
          isDone={owns()}
          title={t('shell.stepRoom')}
          onChoose={() => openDialog('create-room')}
        >
          {t('shell.stepRoomText')}
        </Step>
        <Step isDone={joined()} title={t('shell.stepJoin')} href="/browse">
          {t('shell.stepJoinText')}
        </Step>
        <Step isDone={wrote()} title={t('shell.stepWrite')} onChoose={() => openDialog('direct')}>
          {t('shell.stepWriteText')}
        </Step>
        <Show when={desktopState() === 'unasked' || desktopState() === 'on'}>
          <Step
            isDone={desktopState() === 'on'}
            title={t('notify.step')}
            onChoose={() => void askForDesktop()}
          >
            {t('notify.stepText')}
          </Step>
        </Show>
        <Step title={t('shell.stepProfile')} href="/settings/profile">
          {t('shell.stepProfileText')}
        </Step>
      </ol>
    </div>
  )
}

function Step(props: {
  /** Left out where nothing tells: everyone has a colour, chosen or not. */
  isDone?: boolean
  title: string
  href?: string
  onChoose?: () => void
  children: JSX.Element
}) {
  const live = useLive()
  const body = () => (
    <>
      <Show when={props.isDone !== undefined} fallback={<Avatar person={live.me()} size={20} />}>
        <span
          class="step-mark"
          classList={{ 'step-done': props.isDone === true }}
          aria-hidden="true"
        >
          <Show when={props.isDone}>
            <Check />
          </Show>
        </span>
      </Show>
      <span class="step-words">
        <strong>{props.title}</strong>
        <Show when={props.isDone}>
          <span class="visually-hidden"> ({t('shell.stepDone')})</span>
        </Show>
        <span>{props.children}</span>
      </span>
      <ChevronRight />
    </>
  )
  return (
    <li>
      <Show
        when={props.href}
        fallback={
          <button type="button" class="step" onClick={() => props.onChoose?.()}>
            {body()}
          </button>
        }
      >
        <a class="step" href={props.href}>
          {body()}
        </a>
      </Show>
    </li>
  )
}
