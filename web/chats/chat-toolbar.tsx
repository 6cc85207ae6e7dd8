import { For, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { quickEmoji } from '../emoji/habits.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Ellipsis, MessageSquareText, Reply, SmilePlus } from '../ui/icons.ts'
import type { ChatActions } from './chat-actions.ts'

/** As many as fit without covering what is said. */
const quickShown = 3

/** Over the top right of a row that is pointed at or focused. */
export function ChatToolbar(props: {
  chat: Chat
  actions: ChatActions
  isMenuOpen: boolean
  onMenu: (anchor: Element) => void
}) {
  const quick = quickEmoji()
  return (
    <div class="chat-toolbar" role="group" aria-label={t('chats.actions')}>
      <Show when={props.actions.mayAnswer(props.chat)}>
        <For each={quick().slice(0, quickShown)}>
          {(emoji) => (
            <IconButton
              small
              class="chat-quick"
              label={t('talk.react', { emoji })}
              onClick={() => props.actions.react(props.chat, emoji)}
            >
              {emoji}
            </IconButton>
          )}
        </For>
        <IconButton
          small
          label={t('talk.addReaction')}
          keys="+"
          onClick={({ currentTarget: anchor }) =>
            anchor instanceof Element && props.actions.pick({ chatId: props.chat.id, anchor })
          }
        >
          <SmilePlus />
        </IconButton>
        <IconButton
          small
          label={t('talk.reply')}
          keys="R"
          onClick={() => props.actions.reply(props.chat)}
        >
          <Reply />
        </IconButton>
      </Show>
      <Show when={props.actions.openThread}>
        {(openThread) => (
          <IconButton
            small
            label={t('talk.replyInThread')}
            keys="T"
            onClick={() => openThread()(props.chat)}
          >
            <MessageSquareText />
          </IconButton>
        )}
      </Show>
      <IconButton
        small
        label={t('talk.more')}
        aria-haspopup="menu"
        aria-expanded={props.isMenuOpen}
        onClick={({ currentTarget: anchor }) => anchor instanceof Element && props.onMenu(anchor)}
      >
        <Ellipsis />
      </IconButton>
    </div>
  )
}
