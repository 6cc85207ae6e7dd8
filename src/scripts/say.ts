import { call, createClient } from '../client.ts'
import { credentialsFromEnv } from './credentials.ts'
import { UsageError, readFlags, runScript } from './flags.ts'

/** Says one thing in a room, and ends when it is stored. */
await runScript(async () => {
  const flags = readFlags('bun src/scripts/say.ts --url URL --room SLUG "text"', {
    url: { value: 'URL', about: 'where Parley answers', default: 'http://localhost:3000' },
    room: { value: 'SLUG', about: 'the room, as in its address' },
  })
  const slug = flags.text('room')
  const message = flags.rest.join(' ')
  if (!message) throw new UsageError('Say what: give the text after the flags')

  const client = createClient({ url: flags.text('url'), ...credentialsFromEnv(process.env) })
  const { room } = await call(client.api.rooms['by-slug'][':slug'].$get({ param: { slug } }))
  const { seq } = await client.live.send(room.id, message)
  console.log(`said in ${slug} as number ${seq}`)
  client.close()
})
