import { createSignal, Show } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import { t } from '../i18n/t.ts'
import { ImageOff } from '../ui/icons.ts'
import { createSource } from './create-source.ts'
import type { Size } from './picture-box.ts'
import { fileUrl, thumbUrl } from './transport.ts'
import './picture.css'

/** More than this, and a moving picture stands still until it is opened. */
const movingBytes = 8 * 1024 * 1024

/** What the history loads: the smaller picture, but a moving one as it is, where movement is welcome. */
function sourceOf(file: StoredFile): string {
  const moves =
    file.animated === true &&
    file.bytes <= movingBytes &&
    !matchMedia('(prefers-reduced-motion: reduce)').matches
  return file.thumb && !moves ? thumbUrl(file.id) : fileUrl(file.id)
}

/** One picture of a chat in a box of its size; pressed, it is shown large. */
export function Picture(props: {
  file: StoredFile
  box: Size
  /** The same picture as this tab has it, shown until the server's is here. */
  local?: string | null
  /** Not stored yet: only `local` is there to be shown. */
  isWaiting?: boolean
  onLoaded?: () => void
  onOpen?: () => void
}) {
  const [isLoaded, setLoaded] = createSignal(false)
  const { source, hasFailed, onError } = createSource(() => sourceOf(props.file))
  const words = () => props.file.alt ?? props.file.name
  const local = () => (isLoaded() ? null : props.local)
  return (
    <button
      type="button"
      class="picture"
      style={{
        '--box-width': `${props.box.width}px`,
        'aspect-ratio': `${props.box.width} / ${props.box.height}`,
      }}
      aria-haspopup="dialog"
      disabled={props.isWaiting}
      aria-label={words()}
      onClick={() => props.onOpen?.()}
    >
      <Show when={local()}>
        {(address) => <img class="picture-local" src={address()} alt="" />}
      </Show>
      <Show
        when={!hasFailed()}
        fallback={
          <span class="picture-failed">
            <ImageOff />
            {t('files.pictureFailed')}
          </span>
        }
      >
        <Show when={!props.isWaiting}>
          <img
            src={source()}
            alt={words()}
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={() => {
              setLoaded(true)
              props.onLoaded?.()
            }}
            onError={() => void onError()}
          />
        </Show>
      </Show>
    </button>
  )
}
