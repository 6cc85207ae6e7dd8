import { createResource, Match, Switch } from 'solid-js'
import type { MyRoom, Room } from '../../src/protocol/rooms.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive, type GoneRoom } from '../live/index.ts'
import { PageSkeleton } from '../shell/frame-skeleton.tsx'
import { NowherePage } from '../shell/nowhere-page.tsx'
import { setPageTitle } from '../shell/page-title.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { ErrorState, EmptyState } from '../ui/states.tsx'
import { BackLink } from './back-link.tsx'
import { GonePage } from './gone-page.tsx'
import { goneText } from './gone-text.ts'

export interface SeenRoom {
  room: Room
  mine: MyRoom | null
}

/** An address that is none of my rooms, or no more: a public room to join, or nothing that I may know of. */
export function OtherRoom(props: { see: () => Promise<SeenRoom>; gone: GoneRoom | undefined }) {
  const live = useLive()
  const [seen, { refetch }] = createResource(async () => {
    const { room, mine } = await props.see()
    // I am in it after all: another tab joined, and its news has not arrived here.
    if (mine) live.addRoom(mine)
    return room
  })
  const error = () => (seen.state === 'errored' ? asApiError(seen.error) : null)
  const isHidden = () => ['not_found', 'invalid', 'malformed'].includes(error()?.code ?? '')

  return (
    <Switch fallback={<PageSkeleton />}>
      <Match when={isHidden() && props.gone}>{(gone) => <GonePage gone={gone()} />}</Match>
      <Match when={isHidden()}>
        <NowherePage />
      </Match>
      <Match when={error()}>
        {(refused) => (
          <div class="lone-state">
            <ErrorState
              title={t('shell.failed')}
              retryLabel={t('common.retry')}
              onRetry={() => void refetch()}
            >
              {errorText(refused())}
            </ErrorState>
          </div>
        )}
      </Match>
      <Match when={seen.state === 'ready' && seen()}>
        {(room) => <Preview room={room()} gone={props.gone} />}
      </Match>
    </Switch>
  )
}

/** A public room before I am in it. */
function Preview(props: { room: Room; gone: GoneRoom | undefined }) {
  const live = useLive()
  setPageTitle(() => props.room.name)
  const join = createSubmit(async () => {
    const { room } = await call(
      api.rooms[':roomId'].join.$post({ param: { roomId: props.room.id } }),
    )
    live.addRoom(room)
  })
  const isArchived = () => props.room.archivedAt !== null
  const text = () => (props.gone ? t('rooms.goneOpen') : t('rooms.previewText'))
  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{props.room.name}</h1>
      </header>
      <div class="lone-state">
        <EmptyState
          drawing="chats"
          title={props.gone ? goneText(props.gone) : t('rooms.preview', { room: props.room.name })}
          action={
            <Button kind="primary" busy={join.busy()} disabled={isArchived()} onClick={join.run}>
              {t('rooms.joinRoom', { room: props.room.name })}
            </Button>
          }
        >
          <p>{props.room.topic}</p>
          <p>{t('common.members', { count: props.room.memberCount })}</p>
          <p>{isArchived() ? t('rooms.unarchiveText') : text()}</p>
          <FormProblem text={join.problem()} />
        </EmptyState>
      </div>
    </div>
  )
}
