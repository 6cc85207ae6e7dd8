import type { Chat, Preview } from '../protocol/chats.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import { limits } from '../protocol/limits.ts'

/**
 * The previews of one room, in order of arrival (PV1 to PV3). Immutable: every function here answers
 * new previews, or the same ones when nothing changed.
 *
 * Each entry is one send: the preview that is shown, and behind it those that other nodes told of
 * for a retry. They are withdrawn one by one, and confirmed together.
 */
export type Previews = readonly (readonly [Preview, ...Preview[]])[]

export type PreviewFrame = Extract<ServerFrame, { type: 'preview' | 'preview_withdrawn' }>

export const noPreviews: Previews = []

/** Two nodes' worth. What comes past it is not shown before it is stored. */
const heldMax = 2 * limits.previewsPerRoom

/** A send by its name: the same one in its preview, in a retry's and in the chat that confirms both. */
export const sendName = ({ sender, cid }: Pick<Preview, 'sender' | 'cid'>): string =>
  `${sender.id} ${cid}`

/** `chats` are those that are held of the room: what is among them waits no more. */
export const applyPreviews = (
  held: Previews,
  frame: PreviewFrame,
  chats: readonly Chat[],
): Previews =>
  frame.type === 'preview'
    ? addPreviews(held, frame.chats, chats)
    : withdrawPreviews(held, frame.ids)

/** Takes in what came, but for that which is among `chats`. */
export function addPreviews(
  held: Previews,
  came: readonly Preview[],
  chats: readonly Chat[],
): Previews {
  const stored = namesOf(chats)
  return came.reduce<Previews>((previews, preview) => {
    const name = sendName(preview)
    const count = previews.reduce((sum, copies) => sum + copies.length, 0)
    if (stored.has(name) || count >= heldMax) return previews
    if (previews.some((copies) => copies.some(({ id }) => id === preview.id))) return previews
    const at = previews.findIndex(([shown]) => sendName(shown) === name)
    const copies = previews[at]
    return copies ? previews.with(at, [...copies, preview]) : [...previews, [preview]]
  }, held)
}

/** These will not become chats. Another node's preview of the same send keeps its place. */
export function withdrawPreviews(held: Previews, ids: readonly string[]): Previews {
  const gone = new Set(ids)
  if (!held.some((copies) => copies.some(({ id }) => gone.has(id)))) return held
  return held.flatMap((copies) => {
    const [shown, ...more] = copies.filter(({ id }) => !gone.has(id))
    return shown ? [[shown, ...more] as const] : []
  })
}

/** These are stored: they are shown as chats now. */
export function confirmPreviews(held: Previews, chats: readonly Chat[]): Previews {
  if (held.length === 0 || chats.length === 0) return held
  const stored = namesOf(chats)
  const left = held.filter(([shown]) => !stored.has(sendName(shown)))
  return left.length === held.length ? held : left
}

/** What to show, each send once. */
export const shownPreviews = (held: Previews): readonly Preview[] => held.map(([shown]) => shown)

const namesOf = (chats: readonly Chat[]): ReadonlySet<string> => new Set(chats.map(sendName))
