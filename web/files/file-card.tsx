import { Show } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import { t } from '../i18n/t.ts'
import { Download } from '../ui/icons.ts'
import { FileSign } from './file-sign.tsx'
import { formatBytes } from './format-bytes.ts'
import { fileUrl } from './transport.ts'
import './file-card.css'

/** A file that is not shown in place: what it is called, what it is, and a way to get it. */
export function FileCard(props: { file: StoredFile; isWaiting?: boolean }) {
  const info = () =>
    t('files.fileInfo', { type: typeName(props.file), size: formatBytes(props.file.bytes) })
  return (
    <div class="file-card">
      <span class="file-sign">
        <FileSign type={props.file.type} />
      </span>
      <span class="file-words">
        <span class="file-name" dir="auto" title={props.file.name}>
          {props.file.name}
        </span>
        <span class="file-info">{info()}</span>
      </span>
      <Show when={!props.isWaiting}>
        <a
          class="button button-icon button-bare file-get"
          href={fileUrl(props.file.id, { download: true })}
          download={props.file.name}
          aria-label={t('files.downloadName', { name: props.file.name })}
          data-tip={t('files.download')}
        >
          <Download />
        </a>
      </Show>
    </div>
  )
}

/** `PDF`, `ZIP`: the ending that people know a file by. */
function typeName({ name }: StoredFile): string {
  const ending = /\.([\da-z]{1,5})$/i.exec(name)?.[1]
  return ending?.toUpperCase() ?? t('files.plainFile')
}
