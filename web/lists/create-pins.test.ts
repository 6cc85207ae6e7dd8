import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import { bob, chatAt } from '../live/testing.ts'
import { createPins } from './create-pins.ts'

const pinned = (seq: number, more: Partial<Chat> = {}) =>
  chatAt(seq, { pinned: { userId: bob.id, at: 'then' }, ...more })

/** The pins of a room whose server answers when told to. */
function pinsOf(list: Chat[]) {
  let answer: () => void = () => {}
  let hearNews: (news: RoomNews) => void = () => {}
  const heard = new Map<string, (frame: ServerFrame) => void>()
  let asked = 0
  const pins = createRoot(() =>
    createPins(
      {
        // The suite says only frames of the type that is listened for.
        on: (type, hear) => void heard.set(type, hear as (frame: ServerFrame) => void),
        onNews: (hear) => (hearNews = hear),
      },
      'room',
      async () => {
        asked += 1
        await new Promise<void>((resolve) => (answer = resolve))
        return list
      },
    ),
  )
  return {
    pins,
    seqs: () => pins.chats()?.map(({ seq }) => seq),
    asked: () => asked,
    news: (chat: Chat) => hearNews({ type: 'updated', chat }),
    joined: () =>
      heard.get('joined')?.({ type: 'joined', roomId: 'room', head: 9, lastSeq: 9, tooFar: true }),
    answer: async () => {
      answer()
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

test('pins come and go with the news, in order of their place in the room', async () => {
  const { pins, seqs, answer, news } = pinsOf([pinned(9), pinned(3)])
  void pins.load()
  await answer()
  news(pinned(5, { rev: 12 }))
  expect(seqs()).toEqual([9, 5, 3])
  news(chatAt(9, { rev: 13 }))
  expect(seqs()).toEqual([5, 3])
})

test('a pin that came while the list was on its way is in it', async () => {
  const { pins, seqs, answer, news } = pinsOf([pinned(3)])
  void pins.load()
  news(pinned(5, { rev: 12 }))
  await answer()
  expect(seqs()).toEqual([5, 3])
})

test('an edit of a pinned chat shows, an older row of it does not', async () => {
  const { pins, answer, news } = pinsOf([pinned(3, { rev: 7 })])
  void pins.load()
  await answer()
  news(pinned(3, { rev: 8, message: 'better' }))
  news(pinned(3, { rev: 6, message: 'older' }))
  expect(pins.chats()?.[0]?.message).toBe('better')
})

test('after a jump too far to heal the list is asked for anew', async () => {
  const { pins, answer, asked, joined } = pinsOf([])
  void pins.load()
  await answer()
  joined()
  expect(asked()).toBe(2)
})
