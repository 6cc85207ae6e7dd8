import { expect } from 'bun:test'
import * as fc from 'fast-check'
import type { Sql } from 'postgres'
import type { Chat } from '../protocol/chats.ts'
import type { User } from '../protocol/users.ts'
import type { PostOp, WriteOp } from '../realtime/ports.ts'
import { castOf, chatIn, newId, postOp } from '../rooms/testing.ts'
import { createChatLog } from './chat-log.ts'

const whats = [
  'post',
  'retry',
  'reply',
  'quote',
  'edit',
  'delete',
  'react',
  'unreact',
  'pin',
] as const
type What = (typeof whats)[number]

/** What `fresh.sender` does with their chat. */
function opOn(what: What, chat: Chat, fresh: PostOp): WriteOp {
  const on = { roomId: chat.roomId, chatId: chat.id, actor: fresh.sender }
  switch (what) {
    case 'edit':
      return { ...on, kind: 'edit', message: `edited: ${fresh.message}` }
    case 'delete':
      return { ...on, kind: 'edit', message: null }
    case 'react':
    case 'unreact':
      return { ...on, kind: 'mark', mark: { type: 'reaction', emoji: '👍' }, on: what === 'react' }
    case 'pin':
      return { ...on, kind: 'mark', mark: { type: 'pin' }, on: true }
    case 'reply':
      return { ...fresh, threadId: chat.id }
    case 'quote':
      return { ...fresh, replyToId: chat.id }
    case 'post':
    case 'retry':
      return fresh
  }
}

/**
 * A property: two writers on two nodes post, retry, reply, edit, delete and react at once; whatever the mix, the
 * room's list is whole, and any earlier view of it plus `changesAfter` is the list as it is now.
 */
export async function anyMixHeals(sql: Sql, people: [User, User]): Promise<void> {
  const cast = castOf(sql)
  const step = fc.record({
    who: fc.nat(1),
    what: fc.constantFrom(...whats),
    which: fc.nat(30),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.nat(40),
      async (steps, seen) => {
        const room = await cast.room(people[0], people.slice(1))
        const logs = [cast.log, createChatLog({ sql, writer: sql, newId })]
        const views: Chat[][] = [[]]
        await Promise.all(
          people.map(async (person, n) => {
            const posts: WriteOp[] = []
            const mine: Chat[] = []
            for (const { what, which } of steps.filter((one) => one.who === n)) {
              const chat = mine[which % Math.max(1, mine.length)]
              const old = posts[which % Math.max(1, posts.length)]
              const fresh = postOp(room, person, `said ${which}`, newId())
              const op = what === 'retry' ? (old ?? fresh) : chat ? opOn(what, chat, fresh) : fresh
              if (op.kind === 'post' && !posts.includes(op)) posts.push(op)
              const [result] = await (logs[n] ?? cast.log).commit([op])
              // Threads hang on these: a reply is none of them.
              const isNew = result?.ok && op.kind === 'post' && !op.threadId && !result.dup
              if (isNew) mine.push(chatIn(result))
              if (n === 0) views.push((await cast.log.newest(room, 1_000)).chats)
            }
          }),
        )
        const now = (await cast.log.newest(room, 1_000)).chats
        expect(now.map((chat) => chat.seq)).toEqual(now.map((_, at) => at + 1))
        expect(new Set(now.map((chat) => chat.rev)).size).toBe(now.length)
        expect(now.every((chat) => chat.rev >= chat.seq)).toBe(true)
        const view = views[seen % views.length] ?? []
        const rev = Math.max(0, ...view.map((chat) => chat.rev))
        const { chats, head } = await cast.log.changesAfter(room, rev, 1_000)
        expect(head).toBe(Math.max(...now.map((chat) => chat.rev)))
        const healed = new Map([...view, ...chats].map((chat) => [chat.seq, chat]))
        expect([...healed.values()].sort((a, b) => a.seq - b.seq)).toEqual(now)
      },
    ),
    { numRuns: 25 },
  )
}
