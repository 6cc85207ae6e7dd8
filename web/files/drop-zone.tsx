import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { t } from '../i18n/t.ts'
import { toasts } from '../toasts.ts'
import { Upload } from '../ui/icons.ts'
import { knownLimits, learnLimits } from './create-limits.ts'
import { formatBytes } from './format-bytes.ts'
import { droppedFiles, hasFiles } from './taken-files.ts'
import type { Uploads } from './uploads.ts'
import './drop-zone.css'

/** What one may drop onto: the room with its history, or the side panel with its thread. */
const panes = '.room, .room-panel'

/** Takes files that are dropped anywhere on the pane it stands in, and says so while they are over it. */
export function DropZone(props: { uploads: Uploads; disabled?: boolean }) {
  let here: HTMLSpanElement | undefined
  const [box, setBox] = createSignal<DOMRect | null>(null)

  const over = (event: DragEvent): void => {
    if (!hasFiles(event.dataTransfer)) return
    // Without this the browser would leave the page for the file, wherever it is dropped.
    event.preventDefault()
    const pane = here?.closest(panes)
    const isHere = event.target instanceof Node && pane?.contains(event.target) === true
    const takes = isHere && props.disabled !== true
    if (takes && !box()) learnLimits()
    setBox(takes ? pane.getBoundingClientRect() : null)
    if (event.dataTransfer && (takes || !inAnyPane(event.target)))
      event.dataTransfer.dropEffect = takes ? 'copy' : 'none'
  }
  const leave = (event: DragEvent): void => {
    // Out of the window: between two elements of the page there is always one that is entered.
    if (event.relatedTarget === null) setBox(null)
  }
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event.dataTransfer) || !event.dataTransfer) return
    event.preventDefault()
    const takes = box() !== null
    setBox(null)
    if (!takes) return
    const { files, folders } = droppedFiles(event.dataTransfer)
    if (folders > 0) toasts.show(t('files.folders'), { kind: 'failed' })
    props.uploads.add(files)
  }

  onMount(() => {
    const away = new AbortController()
    const { signal } = away
    document.addEventListener('dragover', over, { signal })
    document.addEventListener('dragleave', leave, { signal })
    document.addEventListener('dragend', () => setBox(null), { signal })
    document.addEventListener('drop', drop, { signal })
    onCleanup(() => away.abort())
  })
  const text = () => {
    const most = knownLimits()?.maxBytes ?? 0
    const count = t('files.many', { count: limits.filesPerChat })
    return most > 0
      ? t('files.dropText', { size: formatBytes(most), count })
      : t('files.dropTextBare', { count })
  }
  return (
    <>
      <span hidden ref={(element) => (here = element)} />
      <Show when={box()}>
        {(rect) => (
          <div
            class="drop-zone"
            style={{
              top: `${rect().top}px`,
              left: `${rect().left}px`,
              width: `${rect().width}px`,
              height: `${rect().height}px`,
            }}
          >
            <div class="drop-card">
              <Upload />
              <p class="drop-title">{t('files.dropTitle')}</p>
              <p>{text()}</p>
            </div>
          </div>
        )}
      </Show>
    </>
  )
}

const inAnyPane = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(panes) !== null
