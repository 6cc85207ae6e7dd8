import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
  type Accessor,
} from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive, type Timeline } from '../live/index.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { Announcer } from './announcer.tsx'
import type { ChatActions } from './chat-actions.ts'
import { ChatList, type ChatListHandle } from './chat-list.tsx'
import { createRowList } from './create-rows.ts'
import { JumpPill } from './jump-pill.tsx'
import { RoomStart } from './room-start.tsx'
import { rowsOf } from './rows.ts'
import './room-timeline.css'

export interface RoomTimelineProps {
  room: MyRoom
  timeline: Timeline
  /** What the reader had read when they came; the New line is drawn there. */
  newAfter: number | null
  /** The chat that a link asks for. */
  linked: number | null
  actions: ChatActions
  isPageActive: Accessor<boolean>
  ref: (handle: RoomTimelineHandle) => void
}

export interface RoomTimelineHandle {
  toEnd: () => void
  /** Puts the focus on the newest row. */
  focus: () => void
}

/** A room's history with what is on its way: loaded, shown, read. */
export function RoomTimeline(props: RoomTimelineProps) {
  const live = useLive()
  const [list, setList] = createSignal<ChatListHandle | null>(null)
  /** Null until the list has found its place. */
  const [isAtEnd, setAtEnd] = createSignal<boolean | null>(null)
  const rows = createMemo(() =>
    rowsOf({
      chats: props.timeline.chats(),
      outgoing: props.timeline.outgoing(),
      me: live.me(),
      newAfter: props.newAfter,
      hasEnd: !props.timeline.hasAfter(),
    }),
  )
  const rowList = createRowList(rows)
  const isRead = () => isAtEnd() === true && !props.timeline.hasAfter() && props.isPageActive()

  createEffect(() => {
    const last = props.timeline.chats().at(-1)
    if (isRead() && last) live.markRead(props.room.id, last.seq)
  })

  const toEnd = async (): Promise<void> => {
    if (props.timeline.hasAfter()) await props.timeline.open('end')
    list()?.toEnd()
  }
  const focusRow = (): void => list()?.focusLast()
  // The owner's handle; both functions live as long as this component.
  props.ref({ toEnd: () => void toEnd(), focus: focusRow })

  createEffect(
    on(
      () => props.linked,
      (seq) => {
        if (seq !== null) void props.timeline.open(seq).then(() => list()?.toSeq(seq))
      },
      { defer: true },
    ),
  )
  onCleanup(() => props.timeline.close())

  return (
    <div class="timeline">
      <Switch>
        <Match when={rows().length > 0}>
          <Show when={rowList().generation} keyed>
            <ChatList
              list={rowList()}
              label={t('chats.log', { room: roomTitle(props.room) })}
              linked={props.linked}
              hasBefore={props.timeline.hasBefore()}
              hasAfter={props.timeline.hasAfter()}
              isBusy={props.timeline.busy() !== null}
              hasFailed={props.timeline.error() !== null}
              actions={props.actions}
              intro={<RoomStart room={props.room} />}
              onLoad={(side) =>
                void (side === 'older' ? props.timeline.loadOlder() : props.timeline.loadNewer())
              }
              onPlace={(seq) => props.timeline.keepAround(seq)}
              onAtEnd={setAtEnd}
              ref={setList}
            />
          </Show>
        </Match>
        <Match when={props.timeline.state() === 'ready'}>
          <div class="timeline-empty">
            <RoomStart room={props.room} />
          </div>
        </Match>
        <Match when={props.timeline.state() === 'error'}>
          <ErrorState
            title={t('chats.loadFailed')}
            retryLabel={t('common.retry')}
            onRetry={() => void props.timeline.open(props.linked ?? 'end')}
          >
            {textOf(props.timeline)}
          </ErrorState>
        </Match>
        <Match when={true}>
          <Skeleton label={t('chats.loading')} look="chats" rows={8} />
        </Match>
      </Switch>
      <Show when={rows().length > 0 && props.timeline.error()}>
        <div class="timeline-failure" role="status">
          <span>{t('chats.moreFailed')}</span>
          <Button small onClick={() => list()?.loadAgain()}>
            {t('common.retry')}
          </Button>
        </div>
      </Show>
      <Show when={rows().length > 0 && (isAtEnd() === false || props.timeline.hasAfter())}>
        <JumpPill unread={props.room.unread} onJump={() => void toEnd()} />
      </Show>
      <Announcer timeline={props.timeline} />
    </div>
  )
}

const textOf = (timeline: Timeline): string => {
  const error = timeline.error()
  return error ? errorText(error) : t('chats.loadFailedText')
}
