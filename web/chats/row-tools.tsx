import { Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { EmojiPicker } from '../emoji/emoji-picker.tsx'
import type { Anchor } from '../ui/floating.tsx'
import type { ChatActions } from './chat-actions.ts'
import { ChatMenu } from './chat-menu.tsx'
import { ChatToolbar } from './chat-toolbar.tsx'

/** Where the menu of a row stands; `isWhole` when a long press opened it, which has no toolbar beside it. */
export interface RowMenu {
  anchor: Anchor
  isWhole: boolean
}

/** What can be done with a chat: its toolbar, and the menu or the picker that is open. */
export function RowTools(props: {
  chat: Chat
  actions: ChatActions
  menu: RowMenu | null
  onMenu: (menu: RowMenu | null) => void
  /** Where the picker stands that is open for this chat. */
  picking: Anchor | null
}) {
  return (
    <>
      <ChatToolbar
        chat={props.chat}
        actions={props.actions}
        isMenuOpen={props.menu !== null}
        onMenu={(anchor) => props.onMenu(props.menu ? null : { anchor, isWhole: false })}
      />
      <Show when={props.menu}>
        {(open) => (
          <ChatMenu
            chat={props.chat}
            actions={props.actions}
            anchor={open().anchor}
            isWhole={open().isWhole}
            onClose={() => props.onMenu(null)}
          />
        )}
      </Show>
      <Show when={props.picking}>
        {(anchor) => (
          <EmojiPicker
            anchor={anchor()}
            onPick={(emoji) => {
              const { chat } = props
              props.actions.pick(null)
              props.actions.react(chat, emoji)
            }}
            onClose={() => props.actions.pick(null)}
          />
        )}
      </Show>
    </>
  )
}
