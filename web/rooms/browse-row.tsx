import { useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { api, call } from '../api.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Hash } from '../ui/icons.ts'
import type { BrowsedRoom } from './create-browse.ts'
import { roomPath } from './room-state.ts'

export function BrowseRow(props: { room: BrowsedRoom }) {
  const live = useLive()
  const navigate = useNavigate()
  const isMine = () => live.room(props.room.id) !== undefined
  const join = createSubmit(async () => {
    const { room } = await call(
      api.rooms[':roomId'].join.$post({ param: { roomId: props.room.id } }),
    )
    live.addRoom(room)
    navigate(roomPath(room))
  })
  return (
    <li class="browse-row">
      <div class="browse-words">
        <a class="browse-name" href={roomPath(props.room)}>
          <Hash />
          {props.room.name}
        </a>
        <p class="browse-facts">
          <Show when={props.room.archivedAt !== null}>
            <Badge>{t('rooms.archived')}</Badge>{' '}
          </Show>
          {t('common.members', { count: props.room.memberCount })}
          <Show when={props.room.topic}> · {props.room.topic}</Show>
        </p>
        <FormProblem text={join.problem()} />
      </div>
      <Show
        when={!isMine()}
        fallback={
          <a
            class="button button-quiet button-small"
            href={roomPath(props.room)}
            aria-label={t('rooms.openRoom', { room: props.room.name })}
          >
            {t('rooms.open')}
          </a>
        }
      >
        <Show when={props.room.archivedAt === null}>
          <Button
            small
            kind="primary"
            busy={join.busy()}
            aria-label={t('rooms.joinRoom', { room: props.room.name })}
            onClick={join.run}
          >
            {t('rooms.join')}
          </Button>
        </Show>
      </Show>
    </li>
  )
}
