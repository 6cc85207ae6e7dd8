import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  Show,
  Switch,
  type Accessor,
} from 'solid-js'
import type { ChatListHandle } from '../chats/chat-list-props.ts'
import { ChatList } from '../chats/chat-list.tsx'
import type { ChatActions } from '../chats/chat-actions.ts'
import { createRowList } from '../chats/create-rows.ts'
import type { Goal } from '../chats/goal.ts'
import { JumpPill } from '../chats/jump-pill.tsx'
import type { ListView } from '../chats/scroll.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import type { OpenThread } from './create-thread.ts'
import { threadRowsOf } from './thread-rows.ts'
import { useThreads } from './threads-context.tsx'
import '../chats/room-timeline.css'

export interface ThreadTimelineProps {
  threadId: string
  thread: OpenThread
  /** The reply that a link leads to. */
  at: number | null
  editingId: string | null
  actions: ChatActions
  isPageActive: Accessor<boolean>
  ref: (handle: ThreadTimelineHandle) => void
}

export interface ThreadTimelineHandle {
  go: (goal: Goal) => Promise<void>
  reveal: (id: string) => void
}

/** The chat that a thread hangs on and its replies: loaded, shown, read. */
export function ThreadTimeline(props: ThreadTimelineProps) {
  const live = useLive()
  const threads = useThreads()
  const [list, setList] = createSignal<ChatListHandle | null>(null)
  const [goal, setGoal] = createSignal<Goal>(goalOf(props.at))
  const [view, setView] = createSignal<ListView | null>(null)
  /** Where the New line is; what comes while nobody looks moves it. */
  const [newAfter, setNewAfter] = createSignal<number | null>(null)
  const rows = createMemo(() => {
    const replies = props.thread.replies()
    if (!replies) return []
    return threadRowsOf(replies, {
      previews: props.thread.previews(),
      outgoing: props.thread.outgoing(),
      me: live.me(),
      newAfter: newAfter(),
    })
  })
  const rowList = createRowList(rows)
  const lastSeq = () => props.thread.replies()?.replies.at(-1)?.seq ?? 0
  const isAtEnd = () => view()?.isAtEnd === true && props.thread.replies()?.hasAfter === false
  const unread = () => {
    const mark = threads.mark(props.threadId)
    if (!mark || !threads.isUnread(props.threadId)) return 0
    const news = props.thread.replies()?.replies.filter(({ seq }) => seq > mark.readSeq)
    return Math.max(1, news?.length ?? 0)
  }

  createEffect(() => {
    if (isAtEnd() && props.isPageActive()) threads.read(props.threadId, lastSeq())
  })
  createEffect(on(props.thread.readBefore, (seq) => setNewAfter(seq), { defer: true }))
  createEffect(
    on(props.isPageActive, (isActive) => !isActive && unread() === 0 && setNewAfter(lastSeq()), {
      defer: true,
    }),
  )

  const go = async (next: Goal): Promise<void> => {
    setGoal(next)
    await props.thread.open(next.type === 'chat' ? next.seq : 'end')
    list()?.go(next)
  }
  createEffect(
    on(
      () => props.at,
      (at) => void go(goalOf(at)),
    ),
  )
  // The owner's handle; its functions live as long as this component.
  props.ref({ go, reveal: (id) => list()?.reveal(id) })

  const isGone = () => ['not_found', 'invalid'].includes(props.thread.error()?.code ?? '')
  return (
    <div class="timeline">
      <Switch>
        <Match when={rows().length > 0}>
          <Show when={rowList().generation} keyed>
            <ChatList
              list={rowList()}
              label={t('talk.threadLog')}
              goal={goal()}
              editingId={props.editingId}
              hasBefore={props.thread.replies()?.hasBefore === true}
              hasAfter={props.thread.replies()?.hasAfter === true}
              isBusy={props.thread.busy() !== null}
              hasFailed={props.thread.error() !== null}
              actions={props.actions}
              intro={null}
              onLoad={(side) => void props.thread.loadMore(side)}
              onLook={setView}
              startsAtTop
              ref={setList}
            />
          </Show>
        </Match>
        <Match when={isGone()}>
          <EmptyState drawing="lost" title={t('talk.threadGone')}>
            {t('talk.threadGoneText')}
          </EmptyState>
        </Match>
        <Match when={props.thread.error()}>
          {(error) => (
            <ErrorState
              title={t('talk.threadFailed')}
              retryLabel={t('common.retry')}
              onRetry={() => void go(goal())}
            >
              {errorText(error())}
            </ErrorState>
          )}
        </Match>
        <Match when={true}>
          <Skeleton label={t('chats.loading')} look="chats" rows={4} />
        </Match>
      </Switch>
      <Show when={rows().length === 1 && props.thread.replies()?.hasBefore === false}>
        <p class="thread-start">{t('talk.threadStart')}</p>
      </Show>
      <Show when={rows().length > 0 && props.thread.error()}>
        <div class="timeline-failure" role="status">
          <span>{t('chats.moreFailed')}</span>
          <Button small onClick={() => list()?.loadAgain()}>
            {t('common.retry')}
          </Button>
        </div>
      </Show>
      <Show when={rows().length > 0 && view() !== null && !isAtEnd()}>
        <JumpPill unread={unread()} onJump={() => void go({ type: 'end' })} />
      </Show>
    </div>
  )
}

const goalOf = (at: number | null): Goal =>
  at === null ? { type: 'new', firstNew: null } : { type: 'chat', seq: at }
