import { Show } from 'solid-js'
import type { User } from '../../src/protocol/users.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { presenceOf } from '../shell/presence-of.ts'
import { Avatar } from '../ui/avatar.tsx'
import './person-line.css'

/** A person in a list: face, name, handle, and whether they are here. */
export function PersonLine(props: { user: User }) {
  const live = useLive()
  const user = () => live.user(props.user)
  return (
    <span class="person-line">
      <Avatar person={user()} size={28} presence={presenceOf(live, user().id)} />
      <span class="person-words">
        <span class="person-name">
          {user().name}
          <Show when={user().id === live.me().id}>
            <span class="person-you"> ({t('common.you')})</span>
          </Show>
        </span>
        <span class="person-handle">@{user().handle}</span>
      </span>
    </span>
  )
}
