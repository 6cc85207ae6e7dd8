import { AppError, call, createClient } from '../client.ts'
import { credentialsFromEnv } from './credentials.ts'
import { readFlags, runScript } from './flags.ts'

/** Prints what is said in a room, for as long as it runs, over any number of lost connections. */
await runScript(async () => {
  const flags = readFlags('bun src/scripts/tail-room.ts --url URL --room SLUG', {
    url: { value: 'URL', about: 'where Parley answers', default: 'http://localhost:3000' },
    room: { value: 'SLUG', about: 'the room, as in its address' },
  })
  const slug = flags.text('room')
  const client = createClient({ url: flags.text('url'), ...credentialsFromEnv(process.env) })
  const { room } = await call(client.api.rooms['by-slug'][':slug'].$get({ param: { slug } }))

  client.live.on('chat', ({ createdAt, sender, message, event }) => {
    console.log(`${createdAt} ${sender.handle}: ${event ? `* ${event.type}` : message}`)
  })
  client.live.on('updated', ({ seq, sender, deletedAt, message }) => {
    console.log(`#${seq} of ${sender.handle} is now: ${deletedAt ? '(deleted)' : message}`)
  })
  client.live.on('status', (status) => {
    if (status.state === 'waiting') console.error(`connection lost (${status.code})`)
    if (status.state === 'closed') process.exit(status.code === 1000 ? 0 : 1)
  })
  process.on('SIGINT', () => client.close())

  await client.live.join(room.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_member') {
      throw new Error(`You are not a member of ${slug}: join it first`, { cause: error })
    }
    throw error
  })
})
