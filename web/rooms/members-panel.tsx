import { createMemo, createResource, createSignal, For, lazy, Show, Suspense } from 'solid-js'
import type { Member, MyRoom } from '../../src/protocol/rooms.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { fold } from '../shell/fuzzy.ts'
import { Button } from '../ui/button.tsx'
import { UserPlus } from '../ui/icons.ts'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { TextField } from '../ui/text-field.tsx'
import { MemberRow } from './member-row.tsx'

const AddPeopleDialog = lazy(() => import('./add-people-dialog.tsx'))

/** Shown only where scanning by eye gets slow. */
const searchFrom = 10

/** Who is in the room, and what I may do about it. */
export default function MembersPanel(props: { room: MyRoom }) {
  const live = useLive()
  const [query, setQuery] = createSignal('')
  const [isAdding, setAdding] = createSignal(false)
  const roleChange = createMemo(() => {
    const chats = live.timeline(props.room.id).chats()
    return chats.findLast((chat) => chat.event?.type === 'role_changed')?.seq
  })
  // Someone came or went, or got another role: ask anew.
  const [members, { refetch }] = createResource(
    () => ({ roomId: props.room.id, count: props.room.memberCount, roleChange: roleChange() }),
    async ({ roomId }) => {
      const all = await allMembers(roomId)
      live.learnUsers(all.map((member) => member.user))
      return all
    },
  )
  const list = () => (members.state === 'errored' ? [] : (members.latest ?? []))
  const shown = () => {
    const wanted = fold(query().trim())
    return list().filter(
      ({ user }) => fold(user.name).includes(wanted) || user.handle.includes(wanted),
    )
  }
  const mayAdd = () => props.room.kind !== 'direct' && props.room.archivedAt === null

  return (
    <Pane label={t('rooms.membersTitle')} class="panel-body">
      <Show when={mayAdd()}>
        <Button wide onClick={() => setAdding(true)}>
          <UserPlus />
          {t('rooms.addPeople')}
        </Button>
      </Show>
      <Show when={list().length >= searchFrom}>
        <TextField
          label={t('rooms.membersSearch')}
          hideLabel
          type="search"
          placeholder={t('rooms.membersSearch')}
          value={query()}
          onText={setQuery}
        />
      </Show>
      <Show when={members.state === 'errored'}>
        <ErrorState
          title={errorText(asApiError(members.error))}
          retryLabel={t('common.retry')}
          onRetry={() => void refetch()}
        />
      </Show>
      <Show when={members.loading && list().length === 0}>
        <Skeleton label={t('common.loading')} rows={5} />
      </Show>
      <ul class="member-list">
        <For each={shown()}>
          {(member) => (
            <MemberRow room={props.room} member={member} onChanged={() => void refetch()} />
          )}
        </For>
      </ul>
      <Show when={list().length > 0 && shown().length === 0}>
        <p class="panel-note">{t('rooms.membersNone', { query: query() })}</p>
      </Show>
      <Suspense>
        <Show when={isAdding()}>
          <AddPeopleDialog
            room={props.room}
            memberIds={new Set(list().map((member) => member.user.id))}
            onAdded={() => void refetch()}
            onClose={() => setAdding(false)}
          />
        </Show>
      </Suspense>
    </Pane>
  )
}

async function allMembers(roomId: string): Promise<Member[]> {
  const all: Member[] = []
  let cursor: string | undefined
  do {
    const page = await call(
      api.rooms[':roomId'].members.$get({ param: { roomId }, query: cursor ? { cursor } : {} }),
    )
    all.push(...page.members)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return all
}
