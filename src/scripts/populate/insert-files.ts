import type { Sql } from 'postgres'
import sharp from 'sharp'
import { keep } from '../../files/keep.ts'
import type { FileDeps } from '../../files/ports.ts'
import { takeIn } from '../../files/take-in.ts'
import type { Plan } from './plan.ts'

/** Different pictures; the rest say the same bytes again, which are stored once. */
const pictures = 12
const sizes = [
  [1_200, 800],
  [800, 1_200],
  [1_000, 1_000],
] as const

/** Puts pictures on `count` chats of the world, spread over its rooms; fewer when there are fewer chats. */
export async function insertFiles(
  { sql, files }: { sql: Sql; files: FileDeps },
  { places }: Plan,
  count: number,
): Promise<void> {
  const roomIds = places.map(({ id }) => id)
  // Drawn before the first is taken in: from then on this process opens no SVG.
  const drawn = await Promise.all(Array.from({ length: pictures }, (_, n) => landscape(n)))
  for (const [n, png] of drawn.entries()) {
    // One after the other: images are unpacked in turn anyway.
    // oxlint-disable-next-line no-await-in-loop
    await insertPicture({ sql, files }, roomIds, { n, png, count })
  }
}

/** One picture, on every chat whose turn is its own. */
async function insertPicture(
  { sql, files }: { sql: Sql; files: FileDeps },
  roomIds: string[],
  { n, png, count }: { n: number; png: Uint8Array; count: number },
): Promise<void> {
  const body = (async function* () {
    yield png
  })()
  const taken = await takeIn(files, { name: `picture-${n}.png`, body, maxBytes: png.length })
  const { hash } = taken.body
  const thumbHash = taken.thumb?.hash ?? null
  await keep({ sql, blobs: files.blobs }, taken, async (tx) => {
    await tx`
      with chosen as (
        select id, room_id, sender_id, created_at, gen_random_uuid() as file_id,
          row_number() over (order by hashtext(id::text), id) as turn
        from chats
        where room_id = any (${roomIds}::uuid[]) and kind = 'text' and deleted_at is null
      ), shown as (
        select chosen.*, ${tx.json(taken.shown)}::jsonb || jsonb_build_object('id', file_id) as file
        from chosen where turn <= ${count} and turn % ${pictures} = ${n}
      ), attached as (
        insert into files (id, owner_id, room_id, chat_id, hash, thumb_hash, shown, created_at)
        select file_id, sender_id, room_id, id, ${hash}, ${thumbHash}, file, created_at from shown
      )
      update chats
      set extras = coalesce(chats.extras, '{}') || jsonb_build_object('files', jsonb_build_array(shown.file))
      from shown where chats.id = shown.id`
  })
}

/** A few hills under a sky, in colours of their own. */
function landscape(n: number): Promise<Buffer> {
  const [width, height] = sizes[n % sizes.length] ?? sizes[0]
  const hue = (n * 360) / pictures
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none"
    width="${width}" height="${height}"><rect width="100" height="100" fill="hsl(${hue} 60% 80%)"/>
    <path d="M0 ${70 - (n % 4) * 5} Q25 ${40 + (n % 5) * 4} 50 65 T100 60 V100 H0Z" fill="hsl(${hue} 45% 45%)"/>
    <path d="M0 85 Q30 ${70 + (n % 3) * 4} 60 85 T100 80 V100 H0Z" fill="hsl(${hue} 40% 25%)"/></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
