import type { Chat } from '../../src/protocol/chats.ts'
import { quickEmoji } from '../emoji/habits.ts'
import { t } from '../i18n/t.ts'
import type { Anchor } from '../ui/floating.tsx'
import {
  Bookmark,
  BookmarkX,
  Copy,
  History,
  Link,
  Mail,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Trash,
} from '../ui/icons.ts'
import { MenuPanel, type MenuItem } from '../ui/menu.tsx'
import type { ChatActions } from './chat-actions.ts'

export interface ChatMenuProps {
  chat: Chat
  actions: ChatActions
  anchor: Anchor
  /** By long press there is no toolbar: what that has is here too. */
  isWhole: boolean
  onClose: () => void
}

/** Everything that can be done with a chat. */
export function ChatMenu(props: ChatMenuProps) {
  const quick = quickEmoji()
  const items = () => [
    ...(props.isWhole ? nearItems(props, quick()) : []),
    ...moreItems(props.chat, props.actions),
  ]
  return (
    <MenuPanel
      anchor={props.anchor}
      align="end"
      onClose={props.onClose}
      items={items()}
      label={t('chats.actions')}
    />
  )
}

type Action = Extract<MenuItem, { type: 'action' }>
const item = (
  label: string,
  icon: Action['icon'] & {},
  onChoose: () => void,
  more: Partial<Action> = {},
): Action => ({ type: 'action', label, icon, onChoose, ...more })

/** What the toolbar has. */
function nearItems({ chat, actions, anchor }: ChatMenuProps, quick: string[]): MenuItem[] {
  const { openThread } = actions
  const thread = openThread
    ? [
        item(
          t('talk.replyInThread'),
          () => <MessageSquareText />,
          () => openThread(chat),
        ),
      ]
    : []
  if (!actions.mayAnswer(chat)) return thread
  return [
    {
      type: 'choices',
      label: t('talk.reactions'),
      choices: quick.map((emoji) => ({
        label: t('talk.react', { emoji }),
        look: () => emoji,
        onChoose: () => actions.react(chat, emoji),
      })),
    },
    { type: 'separator' },
    item(
      t('talk.addReaction'),
      () => <SmilePlus />,
      () => actions.pick({ chatId: chat.id, anchor }),
    ),
    item(
      t('talk.reply'),
      () => <Reply />,
      () => actions.reply(chat),
    ),
    ...thread,
    { type: 'separator' },
  ]
}

function moreItems(chat: Chat, actions: ChatActions): MenuItem[] {
  const { markUnread } = actions
  const isSaved = actions.isSaved(chat)
  const save = item(
    t(isSaved ? 'talk.unsave' : 'talk.save'),
    () => (isSaved ? <BookmarkX /> : <Bookmark />),
    () => actions.save(chat),
    { keys: 'S' },
  )
  const pin = item(
    t(chat.pinned ? 'talk.unpin' : 'talk.pin'),
    () => (chat.pinned ? <PinOff /> : <Pin />),
    () => actions.pin(chat),
    { keys: 'P' },
  )
  const unread = markUnread
    ? [
        item(
          t('talk.markUnread'),
          () => <Mail />,
          () => markUnread(chat),
          { keys: 'U' },
        ),
      ]
    : []
  const history = item(
    t('talk.history'),
    () => <History />,
    () => actions.showEdits(chat),
  )
  const edit = item(
    t('chats.edit'),
    () => <Pencil />,
    () => actions.edit(chat),
    { keys: 'E' },
  )
  const remove = item(
    t('chats.delete'),
    () => <Trash />,
    () => actions.remove(chat),
    {
      keys: t('talk.keyDelete'),
      danger: true,
    },
  )
  const own: MenuItem[] = [
    ...(actions.mayEdit(chat) ? [edit] : []),
    ...(chat.editedAt === null ? [] : [history]),
    ...(actions.mayDelete(chat) ? [remove] : []),
  ]
  return [
    save,
    ...(actions.mayAnswer(chat) ? [pin] : []),
    ...unread,
    { type: 'separator' },
    item(
      t('chats.copyText'),
      () => <Copy />,
      () => actions.copyText(chat),
    ),
    item(
      t('chats.copyLink'),
      () => <Link />,
      () => actions.copyLink(chat),
      { keys: 'C' },
    ),
    ...(own.length > 0 ? [{ type: 'separator' } as const, ...own] : []),
  ]
}
