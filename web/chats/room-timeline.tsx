import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
  untrack,
  type Accessor,
} from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive, type Timeline } from '../live/index.ts'
import { isUnread, roomTitle } from '../rooms/room-state.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { Announcer } from './announcer.tsx'
import type { ChatActions } from './chat-actions.ts'
import type { ChatListHandle } from './chat-list-props.ts'
import { ChatList } from './chat-list.tsx'
import { createNewLine } from './create-new-line.ts'
import { createRowList } from './create-rows.ts'
import { seqOfGoal, type Goal } from './goal.ts'
import { JumpPill } from './jump-pill.tsx'
import { showsNewPill } from './new-line.ts'
import { NewPill } from './new-pill.tsx'
import type { Place } from './places.ts'
import { RoomStart } from './room-start.tsx'
import { rowsOf } from './rows.ts'
import type { ListView } from './scroll.ts'
import './room-timeline.css'

export interface RoomTimelineProps {
  room: MyRoom
  timeline: Timeline
  /** Where it stands first. */
  goal: Goal
  /** What the reader had read when they came; the New line is drawn there. */
  newAfter: number | null
  /** The chat that is being edited. */
  editingId: string | null
  actions: ChatActions
  isPageActive: Accessor<boolean>
  /** It stays unread though it is looked at. */
  isHeld: boolean
  /** Where the reader stands; null at the end. */
  onPlace: (place: Place | null) => void
  /** Something came that the reader does not see, in a room that was read until then. */
  onUnseen: () => void
  /** Enough of what is new. */
  onDismissNew: () => void
  ref: (handle: RoomTimelineHandle) => void
}

export interface RoomTimelineHandle {
  go: (goal: Goal) => Promise<void>
  reveal: (id: string) => void
  /** Puts the focus on the newest row. */
  focus: () => void
}

/** A room's history with what is on its way: loaded, shown, read. */
export function RoomTimeline(props: RoomTimelineProps) {
  const live = useLive()
  const [list, setList] = createSignal<ChatListHandle | null>(null)
  // The owner gives it for the start; later ones come through the handle.
  const [goal, setGoal] = createSignal(untrack(() => props.goal))
  const [isThere, setThere] = createSignal(false)
  /** Null until the list has found its place. */
  const [view, setView] = createSignal<ListView | null>(null)
  const isAtEnd = (): boolean | null => view()?.isAtEnd ?? null
  const rows = createMemo(() =>
    rowsOf({
      chats: props.timeline.chats(),
      previews: props.timeline.previews(),
      outgoing: props.timeline.outgoing(),
      me: live.me(),
      newAfter: props.newAfter,
      drawsOverMine: props.isHeld,
      hasEnd: !props.timeline.hasAfter(),
    }),
  )
  const rowList = createRowList(rows)
  const isRead = () =>
    isAtEnd() === true && !props.timeline.hasAfter() && props.isPageActive() && !props.isHeld

  createEffect(() => {
    const last = props.timeline.chats().at(-1)
    if (isRead() && last) live.markRead(props.room.id, last.seq)
  })

  createEffect(
    on(
      () => isUnread(props.room),
      (isNow, wasBefore) => isNow && wasBefore === false && !isRead() && props.onUnseen(),
    ),
  )

  // A page of nothing but replies in threads shows nothing here: what is said is further up.
  const isBare = () =>
    rows().length === 0 && props.timeline.state() === 'ready' && props.timeline.hasBefore()
  createEffect(() => {
    const { timeline } = props
    if (isBare() && timeline.busy() === null && timeline.error() === null) void timeline.loadOlder()
  })

  const go = async (next: Goal): Promise<void> => {
    setGoal(next)
    const isHere = next.type === 'end' && isThere() && !props.timeline.hasAfter()
    if (!isHere) await props.timeline.open(seqOfGoal(next))
    list()?.go(next)
    setThere(true)
  }
  void go(goal())
  // The owner's handle; its functions live as long as this component.
  props.ref({
    go,
    reveal: (id) => list()?.reveal(id),
    focus: () => list()?.focusLast(),
  })
  /** A chat far up is shown once it is here; what is new or last is shown from what is held. */
  const isShown = () =>
    rows().length > 0 && (isThere() || goal().type === 'end' || goal().type === 'new')
  const look = (next: ListView): void => {
    setView(next)
    if (next.bottomSeq !== null) props.timeline.keepAround(next.bottomSeq)
    props.onPlace(next.isAtEnd && !props.timeline.hasAfter() ? null : next.top)
  }
  const newLine = createNewLine({
    newAfter: () => props.newAfter,
    rows,
    view,
    isPageActive: props.isPageActive,
  })
  const showsPill = () =>
    showsNewPill({ ...newLine(), isAtEnd: isAtEnd() !== false, unread: props.room.unread })
  onCleanup(() => props.timeline.close())

  return (
    <div class="timeline">
      <Switch>
        <Match when={isShown()}>
          <Show when={rowList().generation} keyed>
            <ChatList
              list={rowList()}
              label={t('chats.log', { room: roomTitle(props.room) })}
              goal={goal()}
              editingId={props.editingId}
              hasBefore={props.timeline.hasBefore()}
              hasAfter={props.timeline.hasAfter()}
              isBusy={props.timeline.busy() !== null}
              hasFailed={props.timeline.error() !== null}
              actions={props.actions}
              intro={<RoomStart room={props.room} />}
              onLoad={(side) =>
                void (side === 'older' ? props.timeline.loadOlder() : props.timeline.loadNewer())
              }
              onLook={look}
              ref={setList}
            />
          </Show>
        </Match>
        <Match when={rows().length === 0 && props.timeline.state() === 'ready' && !isBare()}>
          <div class="timeline-empty">
            <RoomStart room={props.room} />
          </div>
        </Match>
        <Match when={props.timeline.state() === 'error' || (isBare() && props.timeline.error())}>
          <ErrorState
            title={t('chats.loadFailed')}
            retryLabel={t('common.retry')}
            onRetry={() => void (isBare() ? props.timeline.loadOlder() : go(goal()))}
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
      <Show when={isShown() && showsPill()}>
        <NewPill
          count={Math.max(1, props.room.lastMainSeq - (props.newAfter ?? 0))}
          since={newLine().since}
          onJump={() => void go({ type: 'new', firstNew: newLine().firstNew })}
          onDismiss={() => props.onDismissNew()}
        />
      </Show>
      <Show when={isShown() && (isAtEnd() === false || props.timeline.hasAfter())}>
        <JumpPill unread={props.room.unread} onJump={() => void go({ type: 'end' })} />
      </Show>
      <Announcer timeline={props.timeline} />
    </div>
  )
}

const textOf = (timeline: Timeline): string => {
  const error = timeline.error()
  return error ? errorText(error) : t('chats.loadFailedText')
}
