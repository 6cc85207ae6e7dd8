import { createSignal, type Accessor } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'
import { copyToClipboard } from '../ui/clipboard.ts'
import { mayAnswer, mayDelete, mayEdit, type ChatActions, type Picking } from './chat-actions.ts'
import { chatLink } from './chat-link.ts'
import { useMarks } from './marks-context.tsx'

/** What differs between a room's chats and a thread's. */
export type OwnActions = Pick<ChatActions, 'reply' | 'edit' | 'openThread' | 'markUnread' | 'jump'>

export interface AskedFor {
  /** The chat whose deletion is asked about. */
  deleting: Accessor<Chat | null>
  /** The chat whose earlier texts are shown. */
  history: Accessor<Chat | null>
  close: () => void
}

/** The actions of a list of chats, and what its owner has to show for them (see `ChatDialogs`). */
export function createChatActions(
  room: Accessor<MyRoom>,
  own: OwnActions,
): { actions: ChatActions; asked: AskedFor } {
  const live = useLive()
  const marks = useMarks()
  const [deleting, setDeleting] = createSignal<Chat | null>(null)
  const [history, setHistory] = createSignal<Chat | null>(null)
  const [picking, pick] = createSignal<Picking | null>(null)

  const copy = async (text: string): Promise<void> => {
    const isCopied = await copyToClipboard(text)
    toasts.show(t(isCopied ? 'chats.copied' : 'chats.copyFailed'), {
      kind: isCopied ? 'done' : 'failed',
    })
  }
  const save = async (chat: Chat): Promise<void> => {
    const isOn = !marks.isSaved(chat.id)
    if ((await marks.save(chat, isOn)) && isOn) toasts.show(t('talk.saved'), { kind: 'done' })
  }
  return {
    actions: {
      ...own,
      mayEdit: (chat) => mayEdit(chat, room(), live.me().id),
      mayDelete: (chat) => mayDelete(chat, room(), live.me().id),
      mayAnswer: (chat) => mayAnswer(chat, room()),
      isSaved: (chat) => marks.isSaved(chat.id),
      remove: setDeleting,
      copyText: (chat) => void copy(chat.message),
      copyLink: (chat) => void copy(chatLink(chat, room())),
      react: marks.react,
      picking,
      pick,
      pin: (chat) => marks.pin(chat, chat.pinned === undefined),
      save: (chat) => void save(chat),
      showEdits: setHistory,
    },
    asked: {
      deleting,
      history,
      close: () => {
        setDeleting(null)
        setHistory(null)
      },
    },
  }
}
