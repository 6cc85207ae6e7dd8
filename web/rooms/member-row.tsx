import { createSignal, Show } from 'solid-js'
import type { Member, MyRoom, RoomRole } from '../../src/protocol/rooms.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Ellipsis } from '../ui/icons.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { memberActions, type MemberAction } from './member-actions.ts'
import { useOpenDirect } from './open-direct.ts'
import { PersonLine } from './person-line.tsx'

const roleNames = {
  owner: 'rooms.roleOwner',
  admin: 'rooms.roleAdmin',
  member: 'rooms.roleMember',
} as const
const promotions = {
  owner: 'rooms.makeOwner',
  admin: 'rooms.makeAdmin',
  member: 'rooms.makeMember',
} as const

export function MemberRow(props: { room: MyRoom; member: Member; onChanged: () => void }) {
  const live = useLive()
  const openDirect = useOpenDirect()
  const [asksRemoval, setAsksRemoval] = createSignal(false)
  const user = () => live.user(props.member.user)
  const param = () => ({ roomId: props.room.id, userId: props.member.user.id })

  const tell = (work: Promise<unknown>) =>
    void work.catch((caught: unknown) =>
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' }),
    )
  const giveRole = async (role: RoomRole) => {
    await call(api.rooms[':roomId'].members[':userId'].$patch({ param: param(), json: { role } }))
    props.onChanged()
  }
  const removal = createSubmit(async () => {
    await call(api.rooms[':roomId'].members[':userId'].$delete({ param: param() }))
    setAsksRemoval(false)
    props.onChanged()
  })

  const itemOf = (action: MemberAction): MenuItem => {
    switch (action.type) {
      case 'message':
        return {
          type: 'action',
          label: t('rooms.message', { name: user().name }),
          onChoose: () => tell(openDirect([user().id])),
        }
      case 'role':
        return {
          type: 'action',
          label: t(promotions[action.role]),
          onChoose: () => tell(giveRole(action.role)),
        }
      case 'remove':
        return {
          type: 'action',
          label: t('rooms.removeMember'),
          danger: true,
          onChoose: () => setAsksRemoval(true),
        }
    }
  }
  const items = () =>
    memberActions(props.room, {
      role: props.member.role,
      isMe: user().id === live.me().id,
    }).map(itemOf)

  return (
    <li class="member-row">
      <PersonLine user={props.member.user} />
      <Show when={props.room.kind !== 'direct' && props.member.role !== 'member'}>
        <Badge>{t(roleNames[props.member.role])}</Badge>
      </Show>
      <Show when={items().length > 0}>
        <Menu
          label={t('rooms.memberActions', { name: user().name })}
          align="end"
          items={items()}
          trigger={(trigger) => (
            <IconButton {...trigger} small label={t('rooms.memberActions', { name: user().name })}>
              <Ellipsis />
            </IconButton>
          )}
        />
      </Show>
      <ConfirmDialog
        isOpen={asksRemoval()}
        onClose={() => setAsksRemoval(false)}
        title={t('rooms.removeTitle', { name: user().name })}
        closeLabel={t('common.close')}
        cancelLabel={t('common.cancel')}
        confirmLabel={t('rooms.removeConfirm', { name: user().name })}
        onConfirm={removal.run}
        busy={removal.busy()}
        error={removal.problem()}
      >
        <p>
          {t(props.room.kind === 'public' ? 'rooms.removePublicText' : 'rooms.removeText', {
            name: user().name,
            room: props.room.name,
          })}
        </p>
      </ConfirmDialog>
    </li>
  )
}
