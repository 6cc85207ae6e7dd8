import { createEffect, createMemo, createSignal, createUniqueId, on, type Accessor } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { api, call } from '../api.ts'
import { useEmojiHabits } from '../emoji/habits.ts'
import { emojiOfCode } from '../emoji/search.ts'
import { loadEmoji, type EmojiTable } from '../emoji/table.ts'
import { withTone } from '../emoji/tone.ts'
import { language } from '../i18n/language.ts'
import { useLive } from '../live/index.ts'
import {
  emojiChoices,
  insertionOf,
  peopleChoices,
  roomChoices,
  type Choice,
  type ChoiceRoom,
} from './choices.ts'
import type { WritingField } from './create-field.ts'
import { createSearch } from './create-search.ts'
import type { RoomPeople } from './room-people.ts'
import { codeBefore, triggerAt, type Trigger } from './trigger.ts'
import { replaced } from './writing.ts'

export interface Completion {
  /** None: nothing is open. */
  choices: Accessor<readonly Choice[]>
  chosen: Accessor<number>
  listId: string
  optionId: (at: number) => string
  /** Something was typed, not by an input method that is still at it. */
  typed: () => void
  /** The caret went elsewhere. */
  moved: () => void
  /** The field is left. */
  left: () => void
  point: (at: number) => void
  choose: (at: number) => void
  /** Whether the key was meant for the list, and is spent. */
  takeKey: (event: KeyboardEvent) => boolean
}

/** Offers people, rooms and emoji for what is being typed in a field. */
export function createCompletion(options: {
  room: () => MyRoom
  field: WritingField
  people: RoomPeople
}): Completion {
  const { field, people } = options
  const live = useLive()
  const habits = useEmojiHabits()
  const listId = createUniqueId()
  const [trigger, setTrigger] = createSignal<Trigger | null>(null)
  const [chosen, setChosen] = createSignal(0)
  const [table, setTable] = createSignal<EmojiTable | null>(null)
  const users = createSearch<User>(async (query) => {
    const answer = await call(api.users.$get({ query: { query } }))
    live.learnUsers(answer.users)
    return answer.users
  })
  const rooms = createSearch<ChoiceRoom>(
    async (query) => (await call(api.rooms.browse.$get({ query: { query } }))).rooms,
  )
  /** Where Escape closed the list: it stays so until another sign is typed. */
  let dismissedAt: number | null = null
  let hasMoved = false

  const speakers = createMemo(() =>
    trigger()?.type === 'person'
      ? live
          .timeline(options.room().id)
          .chats()
          .filter((chat) => chat.kind === 'text')
          .map((chat) => chat.sender.id)
          .toReversed()
      : [],
  )
  const choices = createMemo((): readonly Choice[] => {
    const now = trigger()
    if (!now) return []
    const emoji = table()
    switch (now.type) {
      case 'person':
        return peopleChoices(now.query, {
          members: people.members(),
          found: users.found(),
          isComplete: people.isComplete(),
          meId: live.me().id,
          speakers: speakers(),
          isOnline: (id) => live.presence(id) === 'online',
          hasEveryone: options.room().memberCount > 2,
        })
      case 'room':
        return roomChoices(
          now.query,
          live.rooms().filter((room) => room.archivedAt === null),
          rooms.found(),
        )
      case 'emoji':
        return emoji ? emojiChoices(now.query, emoji, habits.recent(), habits.tone()) : []
    }
  })
  createEffect(
    on(trigger, () => {
      setChosen(0)
      hasMoved = false
    }),
  )

  const load = (now: Trigger): void => {
    if (now.type === 'person') {
      people.load()
      users.ask(now.query)
    } else if (now.type === 'room') rooms.ask(now.query)
    else
      // Without the table there is nothing to offer, and what was typed stays a shortcode.
      loadEmoji(language()).then(setTable, () => {})
  }
  const look = (): Trigger | null => {
    const { text, start, end } = field.writing()
    return start === end ? triggerAt(text, end) : null
  }
  const put = (text: string, start: number, end: number): void => {
    const { text: held } = field.writing()
    const space = /^[\s.,;:!?)\]]/.test(held.slice(end)) ? '' : ' '
    field.write(replaced(held, { start, end, text: text + space }))
  }
  /** `:tada:` is an emoji as soon as its second colon is there. */
  const completeCode = (): boolean => {
    const known = table()
    const { text, start, end } = field.writing()
    const found = known && start === end ? codeBefore(text, end) : null
    const entry = found && known ? emojiOfCode(known, found.code) : undefined
    if (!entry || !found) return false
    const emoji = entry.hasTones ? withTone(entry.emoji, habits.tone()) : entry.emoji
    field.write(replaced(text, { ...found, text: emoji }))
    habits.used(emoji)
    return true
  }
  const close = (): void => {
    dismissedAt = trigger()?.start ?? null
    setTrigger(null)
  }
  const choose = (at: number): void => {
    const now = trigger()
    const choice = choices()[at]
    if (!now || !choice) return
    setTrigger(null)
    if (choice.type === 'emoji') habits.used(choice.emoji)
    put(insertionOf(choice), now.start, now.end)
  }
  /** What is typed in full needs no completing: Enter may send it. */
  const isWhole = (): boolean => {
    const now = trigger()
    const choice = choices()[chosen()]
    const { text } = field.writing()
    const isTyped =
      now && choice && text.slice(now.start, now.end).toLowerCase() === insertionOf(choice)
    return isTyped === true && !hasMoved
  }
  const takeKey = (event: KeyboardEvent): boolean => {
    const count = choices().length
    // 229: an input method has the key; Safari ends composing before it tells of the Enter.
    const isOthers = event.isComposing || event.keyCode === 229
    if (count === 0 || isOthers || event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (event.shiftKey || (event.key === 'Enter' && isWhole())) return false
      choose(chosen())
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      hasMoved = true
      setChosen((at) => (at + step + count) % count)
    } else if (event.key === 'Escape') close()
    else return false
    return true
  }

  return {
    choices,
    chosen: () => Math.min(chosen(), choices().length - 1),
    listId,
    optionId: (at) => `${listId}-${at}`,
    typed: () => {
      if (completeCode()) return
      const now = look()
      if (now?.start !== dismissedAt) dismissedAt = null
      setTrigger(dismissedAt === null ? now : null)
      if (now) load(now)
    },
    moved: () => {
      const held = trigger()
      if (!held) return
      const now = look()
      if (now?.start !== held.start) setTrigger(null)
    },
    left: () => setTrigger(null),
    point: setChosen,
    choose,
    takeKey,
  }
}
