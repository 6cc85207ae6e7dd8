import { createMemo, For, Show } from 'solid-js'
import type { Chat, Reaction } from '../../src/protocol/chats.ts'
import { formatAll, formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { SmilePlus } from '../ui/icons.ts'
import type { ChatActions } from './chat-actions.ts'
import { useMarks } from './marks-context.tsx'
import { knownPeople } from './names.ts'
import { hasReacted, toldPeople } from './reactions.ts'
import './reaction-pills.css'

/** Under a chat: what people reacted with, and how to join in. */
export function ReactionPills(props: { chat: Chat; actions: ChatActions }) {
  const marks = useMarks()
  const reactions = () => marks.reactions(props.chat)
  // By emoji: a pill stays the same element while its count changes, and keeps the focus.
  const emoji = () => reactions().map((one) => one.emoji)
  return (
    <Show when={emoji().length > 0}>
      <div class="reactions" role="group" aria-label={t('talk.reactions')}>
        <For each={emoji()}>
          {(each) => (
            <Show when={reactions().find((one) => one.emoji === each)}>
              {(reaction) => (
                <Pill reaction={reaction()} chat={props.chat} actions={props.actions} />
              )}
            </Show>
          )}
        </For>
        <Show when={props.actions.mayAnswer(props.chat)}>
          <button
            type="button"
            class="reaction reaction-add"
            aria-label={t('talk.addReaction')}
            data-tip={t('talk.addReaction')}
            onClick={(event) =>
              props.actions.pick({ chatId: props.chat.id, anchor: event.currentTarget })
            }
          >
            <SmilePlus />
          </button>
        </Show>
      </div>
    </Show>
  )
}

function Pill(props: { reaction: Reaction; chat: Chat; actions: ChatActions }) {
  const live = useLive()
  const isMine = () => hasReacted([props.reaction], props.reaction.emoji, live.me().id)
  const who = createMemo(() => whoReacted(props.reaction, live))
  return (
    <button
      type="button"
      class="reaction"
      classList={{ 'reaction-mine': isMine() }}
      aria-pressed={isMine()}
      aria-disabled={props.actions.mayAnswer(props.chat) ? undefined : 'true'}
      data-tip={who()}
      onClick={() =>
        props.actions.mayAnswer(props.chat) && props.actions.react(props.chat, props.reaction.emoji)
      }
    >
      <span class="reaction-emoji" aria-hidden="true">
        {props.reaction.emoji}
      </span>
      <span class="reaction-count tabular" aria-hidden="true">
        {formatNumber(props.reaction.count)}
      </span>
      <span class="visually-hidden">{who()}</span>
    </button>
  )
}

/** `Ada, Bob and 3 others reacted with 🎉`. */
function whoReacted(reaction: Reaction, live: ReturnType<typeof useLive>): string {
  const { emoji, count } = reaction
  const meId = live.me().id
  const told = toldPeople(reaction, meId)
  if (count === 1 && told.userIds[0] === meId) return t('talk.reactedYou', { emoji })
  const people = knownPeople(live, told.userIds)
  const names = formatAll(people.map(({ id, name }) => (id === meId ? t('talk.you') : name)))
  const others = count - people.length
  if (names === '' || others <= 0) return t('talk.reacted', { names, emoji, count })
  return t('talk.reactedMore', { names, emoji, count: others })
}
