import { hasCode } from '../db/file-errors.ts'
import { AppError } from '../protocol/errors.ts'

/** A full disk is told as such: it passes when the operator makes room. */
export const asDiskError = (error: unknown): unknown =>
  hasCode(error, 'ENOSPC', 'EDQUOT')
    ? new AppError('storage_full', 'The server has no room for this file', { cause: error })
    : error
