import { Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Copy, Link, Pencil, Trash } from '../ui/icons.ts'
import { MenuPanel, type MenuItem } from '../ui/menu.tsx'
import type { ChatActions } from './chat-actions.ts'

/** Over the top right of a row that is pointed at or focused. */
export function ChatToolbar(props: { chat: Chat; actions: ChatActions }) {
  return (
    <div class="chat-toolbar" role="group" aria-label={t('chats.actions')}>
      <IconButton
        small
        label={t('chats.copyText')}
        onClick={() => props.actions.copyText(props.chat)}
      >
        <Copy />
      </IconButton>
      <IconButton
        small
        label={t('chats.copyLink')}
        keys="C"
        onClick={() => props.actions.copyLink(props.chat)}
      >
        <Link />
      </IconButton>
      <Show when={props.actions.mayEdit(props.chat)}>
        <IconButton
          small
          label={t('chats.edit')}
          keys="E"
          onClick={() => props.actions.edit(props.chat)}
        >
          <Pencil />
        </IconButton>
      </Show>
      <Show when={props.actions.mayDelete(props.chat)}>
        <IconButton
          small
          label={t('chats.delete')}
          keys="Delete"
          onClick={() => props.actions.remove(props.chat)}
        >
          <Trash />
        </IconButton>
      </Show>
    </div>
  )
}

/** The same on a long press. */
export function ChatMenu(props: {
  chat: Chat
  actions: ChatActions
  at: { x: number; y: number }
  onClose: () => void
}) {
  const items = (): MenuItem[] => {
    const { chat, actions } = props
    const copies: MenuItem[] = [
      {
        type: 'action',
        label: t('chats.copyText'),
        icon: () => <Copy />,
        onChoose: () => actions.copyText(chat),
      },
      {
        type: 'action',
        label: t('chats.copyLink'),
        icon: () => <Link />,
        onChoose: () => actions.copyLink(chat),
      },
    ]
    const edit: MenuItem = {
      type: 'action',
      label: t('chats.edit'),
      icon: () => <Pencil />,
      onChoose: () => actions.edit(chat),
    }
    const remove: MenuItem = {
      type: 'action',
      label: t('chats.delete'),
      icon: () => <Trash />,
      danger: true,
      onChoose: () => actions.remove(chat),
    }
    return [
      ...copies,
      ...(actions.mayEdit(chat) ? [edit] : []),
      ...(actions.mayDelete(chat) ? [remove] : []),
    ]
  }
  return (
    <MenuPanel
      anchor={props.at}
      onClose={props.onClose}
      items={items()}
      label={t('chats.actions')}
    />
  )
}
