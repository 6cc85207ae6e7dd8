import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import { ada, chatAt } from '../live/testing.ts'
import { createMarks, type MarksPorts } from './create-marks.ts'

/** Marks over a server that answers when told to. */
function marksOf(more: Partial<MarksPorts> = {}) {
  const gates: ((isRefused: boolean) => void)[] = []
  const asked: string[] = []
  const refused: unknown[] = []
  const shown: Chat[] = []
  const heard = new Map<string, (frame: ServerFrame) => void>()
  const marks = createRoot(() =>
    createMarks({
      live: {
        me: () => ada,
        // The suite says only frames of the type that is listened for.
        on: (type, hear) => void heard.set(type, hear as (frame: ServerFrame) => void),
        showChat: (chat) => void shown.push(chat),
      },
      react: async (chat, emoji, isOn) => {
        asked.push(`${emoji} ${isOn}`)
        const isRefused = await new Promise<boolean>((resolve) => gates.push(resolve))
        if (isRefused) throw new Error('refused')
        return chat
      },
      pin: async (chat) => chat,
      save: async () => {},
      savedPage: async () => ({ saved: [], nextCursor: null }),
      refused: (error) => void refused.push(error),
      ...more,
    }),
  )
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return {
    marks,
    asked,
    refused,
    shown,
    settle,
    say: (frame: ServerFrame) => heard.get(frame.type)?.(frame),
    answer: async (isRefused = false) => {
      await settle()
      gates.shift()?.(isRefused)
      await settle()
    },
  }
}

test('my reaction shows at once, and is taken back and told when it is refused', async () => {
  const { marks, refused, answer } = marksOf()
  const chat = chatAt(1)
  marks.react(chat, '🎉')
  expect(marks.reactions(chat)).toEqual([{ emoji: '🎉', count: 1, userIds: [ada.id] }])
  await answer(true)
  expect(marks.reactions(chat)).toEqual([])
  expect(refused.length).toBe(1)
})

test('on, off and on again before the first answer sends no more than it must, the last wish last', async () => {
  const { marks, asked, answer, shown } = marksOf()
  const chat = chatAt(1)
  marks.react(chat, '🎉')
  marks.react(chat, '🎉')
  marks.react(chat, '🎉')
  await answer()
  await answer()
  expect(asked.at(-1)).toBe('🎉 true')
  expect(shown.length).toBeGreaterThan(0)
})

test('what is kept for later on another device is marked here', async () => {
  const { marks, say } = marksOf()
  say({ type: 'saved', roomId: 'room', chatId: 'chat-1', saved: true })
  expect(marks.isSaved('chat-1')).toBe(true)
  say({ type: 'saved', roomId: 'room', chatId: 'chat-1', saved: false })
  expect(marks.isSaved('chat-1')).toBe(false)
})

test('a list that was asked for before a chat was kept does not take its mark off', async () => {
  let answer: () => void = () => {}
  const { marks, say, settle } = marksOf({
    savedPage: async () => {
      await new Promise<void>((resolve) => (answer = resolve))
      return { saved: [{ chat: chatAt(2), savedAt: 'then' }], nextCursor: null }
    },
  })
  say({ type: 'synced', epoch: 'one' })
  await marks.save(chatAt(1), true)
  answer()
  await settle()
  expect([marks.isSaved('chat-1'), marks.isSaved('chat-2')]).toEqual([true, true])
})

test('a chat that could not be kept loses its mark', async () => {
  const { marks, refused } = marksOf({
    save: async () => {
      throw new Error('refused')
    },
  })
  expect(await marks.save(chatAt(1), true)).toBe(false)
  expect(marks.isSaved('chat-1')).toBe(false)
  expect(refused.length).toBe(1)
})
