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
  for (let n = 0; n < pictures; n += 1) {
    // One after the other: images are unpacked in turn anyway.
    // oxlint-disable-next-line no-await-in-loop
    await insertPicture({ sql, files }, roomIds, { n, png: await landscape(n), count })
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

/** Two hills under a sky, in shades of their own. */
function landscape(n: number): Promise<Buffer> {
  const [width, height] = sizes[n % sizes.length] ?? sizes[0]
  const pixels = Buffer.alloc(width * height * 3)
  const shades = [0.85, 0.5, 0.3].map((light) =>
    [0, 1, 2].map((part) => {
      const turn = (n / pictures + part / 3) * 2 * Math.PI
      return Math.round(255 * light * (0.8 + 0.2 * Math.cos(turn)))
    }),
  )
  for (let x = 0; x < width; x += 1) {
    const far = height * (0.6 + 0.12 * Math.sin(x / (70 + 9 * n)))
    const near = height * (0.8 + 0.06 * Math.cos(x / (110 - 5 * n)))
    for (let y = 0; y < height; y += 1) {
      const shade = shades[y > near ? 2 : y > far ? 1 : 0] ?? []
      pixels.set(shade, (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}
