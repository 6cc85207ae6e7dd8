import type { FileLimits } from '../../src/protocol/files.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { formatBytes } from './format-bytes.ts'
import type { Upload } from './upload-queue.ts'

/** How an upload stands, in a few words. */
export function uploadText(upload: Upload, limits: FileLimits | null): string {
  const size = formatBytes(upload.bytes)
  const { state } = upload
  switch (state.type) {
    case 'waiting':
      return t('files.waiting')
    case 'uploading':
      return state.sentBytes >= upload.bytes
        ? t('files.finishing')
        : t('files.progress', { done: formatBytes(state.sentBytes), size })
    case 'done':
      return size
    case 'failed':
      if (state.error.code === 'too_large' && limits)
        return t('files.tooLarge', { size, most: formatBytes(limits.maxBytes) })
      if (state.error.code === 'invalid' && upload.type.startsWith('image/'))
        return t('files.broken')
      return errorText(state.error)
  }
}
