import { AppError } from '../protocol/errors.ts'

export const noSuchFile = (): AppError => new AppError('not_found', 'There is no such file.')

export const tooLarge = (maxBytes: number): AppError =>
  new AppError('too_large', `A file may have at most ${maxBytes} bytes`)

export const quotaExceeded = (quotaBytes: number): AppError =>
  new AppError('quota_exceeded', `All your files together may have at most ${quotaBytes} bytes`)

/** What claims to be an image and is none that can be shown. */
export const badImage = (why: string, cause?: unknown): AppError =>
  new AppError('invalid', `The image ${why}`, { cause, fields: [{ field: 'file', message: why }] })
