import { Show } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import { t } from '../i18n/t.ts'
import { createSource } from './create-source.ts'
import { FileCard } from './file-card.tsx'
import { pictureBox } from './picture-box.ts'
import { fileUrl, thumbUrl } from './transport.ts'
import './player.css'

/** A video in a box of its size. What the browser can't play is a file to download. */
export function Video(props: { file: StoredFile; isWaiting?: boolean }) {
  const { source, hasFailed, onError } = createSource(() => fileUrl(props.file.id))
  const box = () => {
    const { width = 640, height = 360 } = props.file
    return pictureBox({ width, height }, true)
  }
  return (
    <Show when={!hasFailed()} fallback={<FileCard file={props.file} />}>
      <video
        class="player-video"
        style={{ width: `${box().width}px`, 'aspect-ratio': `${box().width} / ${box().height}` }}
        src={props.isWaiting ? undefined : source()}
        poster={props.file.thumb && !props.isWaiting ? thumbUrl(props.file.id) : undefined}
        controls
        playsinline
        preload="metadata"
        aria-label={t('files.video', { name: props.file.alt ?? props.file.name })}
        onError={() => void onError()}
      />
    </Show>
  )
}

/** A recording with its name, and what plays it. */
export function Sound(props: { file: StoredFile; isWaiting?: boolean }) {
  const { source, hasFailed, onError } = createSource(() => fileUrl(props.file.id))
  return (
    <div class="player-sound">
      <FileCard file={props.file} isWaiting={props.isWaiting === true} />
      <Show when={!hasFailed()}>
        <audio
          src={props.isWaiting ? undefined : source()}
          controls
          preload="metadata"
          aria-label={t('files.audio', { name: props.file.name })}
          onError={() => void onError()}
        />
      </Show>
    </div>
  )
}
