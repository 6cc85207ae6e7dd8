import { AppError } from '../protocol/errors.ts'
import type { Hub } from './hub.ts'
import type { HubPorts, WriteOp, WriteResult } from './ports.ts'
import type { createSendRate } from './send-rate.ts'

interface RequestsOptions {
  newId: HubPorts['newId']
  sendRate: ReturnType<typeof createSendRate>
  push: (op: WriteOp, done: (result: WriteResult) => void) => AppError | null
}

type Stored = Extract<WriteResult, { ok: true }>

/** Writes that come by REST: they take their turn in the same queue as those of sockets. */
export function createRequests({
  newId,
  sendRate,
  push,
}: RequestsOptions): Pick<Hub, 'post' | 'edit' | 'mark' | 'changeRoom'> {
  const write = (op: WriteOp): Promise<Stored> =>
    new Promise((resolve, reject) => {
      const refused = push(op, (result) => {
        if (result.ok) resolve(result)
        else reject(new AppError(result.error.code, result.error.message))
      })
      if (refused) reject(refused)
    })

  return {
    async post({ cid, ...post }) {
      const verdict = sendRate.take(post.sender.id)
      if (!verdict.ok) {
        throw new AppError('rate_limited', 'Too many chats in a short time', verdict)
      }
      const id = newId()
      const { chats, dup } = await write({ ...post, kind: 'post', id, cid: cid ?? id })
      const chat = chats[0]
      if (!chat) throw new AppError('internal', 'The log gave no chat for this post')
      return { chat, dup: dup === true }
    },

    async edit(op) {
      const { chats } = await write({ ...op, kind: 'edit' })
      return chats[0] ?? null
    },

    async mark(op) {
      const { chats } = await write({ ...op, kind: 'mark' })
      const chat = chats[0]
      if (!chat) throw new AppError('internal', 'The log gave no chat for this mark')
      return chat
    },

    changeRoom: (op) => write({ ...op, kind: 'room' }),
  }
}
