import { AppError, invalidInput, parseInput } from '../protocol/errors.ts'
import { clientFrameSchema, clientFrameTypes, type ClientFrame } from '../protocol/frames.ts'

export type ParsedFrame =
  | { ok: true; frame: ClientFrame }
  | { ok: false; error: AppError; unknownType: boolean; cid?: string | undefined }

const refused = (error: AppError, cid?: string): ParsedFrame => ({
  ok: false,
  error,
  unknownType: false,
  cid,
})

/** One text from a socket as a frame, or what is wrong with it (rules CF1 to CF4). */
export function parseFrame(data: string | Uint8Array): ParsedFrame {
  if (typeof data !== 'string') {
    return refused(new AppError('malformed', 'Frames are JSON text, not binary'))
  }
  let raw: unknown
  try {
    raw = JSON.parse(data)
  } catch {
    return refused(new AppError('malformed', 'This is not JSON'))
  }
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || typeof raw.type !== 'string') {
    return refused(new AppError('malformed', 'A frame is an object with a "type"'))
  }
  // The sender finds its chat again by the cid, also when the frame is wrong elsewhere.
  const cid = 'cid' in raw && typeof raw.cid === 'string' ? raw.cid.slice(0, 64) : undefined
  if (!clientFrameTypes.has(raw.type)) {
    const known = [...clientFrameTypes].join(', ')
    const error = new AppError('unknown_type', `type: must be one of ${known}`, {
      fields: [{ field: 'type', message: `must be one of ${known}` }],
    })
    return { ok: false, error, unknownType: true, cid }
  }
  const parsed = parseInput(clientFrameSchema, raw)
  if (parsed.success) return { ok: true, frame: parsed.data }
  return refused(invalidInput(parsed.error, `Invalid ${raw.type} frame`), cid)
}
