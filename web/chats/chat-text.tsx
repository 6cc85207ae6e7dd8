import { A } from '@solidjs/router'
import { createMemo } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { Markdown } from '../markdown/render.tsx'
import { roomPath } from '../rooms/room-state.ts'

/** Getters: the language may change while a chat is shown. */
const texts = {
  get copy() {
    return t('chats.codeCopy')
  },
  get copied() {
    return t('chats.copied')
  },
  showAll: (lines: number) => t('chats.codeAll', { count: lines }),
  get showLess() {
    return t('chats.codeLess')
  },
  get code() {
    return t('chats.codeBlock')
  },
  get table() {
    return t('chats.table')
  },
  get taskDone() {
    return t('chats.taskDone')
  },
  get taskOpen() {
    return t('chats.taskOpen')
  },
}

/** A chat's text as nodes, with people and rooms that exist marked. */
export function ChatText(props: { message: string }) {
  const live = useLive()
  const blocks = createMemo(() => parseMarkdown(props.message))
  return (
    <Markdown
      blocks={blocks()}
      texts={texts}
      mention={(handle, text) => {
        if (handle === 'room' || handle === 'here') return <bdi class="md-mention">{text}</bdi>
        const user = live.userByHandle(handle)
        if (!user) return text
        return (
          // A name says nothing about the direction of the sentence that it begins.
          <bdi
            class="md-mention"
            classList={{ 'md-mention-me': user.id === live.me().id }}
            title={user.name}
          >
            {text}
          </bdi>
        )
      }}
      room={(slug, text) => {
        const room = live.roomBySlug(slug)
        return room ? (
          <A class="md-mention" href={roomPath(room)}>
            {text}
          </A>
        ) : (
          text
        )
      }}
    />
  )
}
