import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Paperclip } from '../ui/icons.ts'
import { knownLimits, learnLimits } from './create-limits.ts'
import { formatBytes } from './format-bytes.ts'
import type { Uploads } from './uploads.ts'

/** Opens the browser's choice of files. Its name tells how large they may be. */
export function AttachButton(props: { uploads: Uploads; disabled?: boolean }) {
  let input: HTMLInputElement | undefined
  const label = () => {
    const most = knownLimits()?.maxBytes ?? 0
    return most > 0 ? t('files.attachUpTo', { size: formatBytes(most) }) : t('files.attach')
  }
  return (
    <>
      <IconButton
        small
        label={label()}
        disabled={props.disabled}
        onClick={() => input?.click()}
        onPointerEnter={learnLimits}
        onFocus={learnLimits}
      >
        <Paperclip />
      </IconButton>
      <input
        ref={(element) => (input = element)}
        type="file"
        multiple
        hidden
        aria-label={t('files.attach')}
        onChange={(event) => {
          props.uploads.add([...(event.currentTarget.files ?? [])])
          // The same file again is a choice too.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
