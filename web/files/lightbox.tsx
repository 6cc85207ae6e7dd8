import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import { direction } from '../i18n/language.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from '../ui/icons.ts'
import { createSource } from './create-source.ts'
import { watchHands } from './hands.ts'
import type { Size } from './picture-box.ts'
import { fileUrl, thumbUrl } from './transport.ts'
import { fit, fitted, pan, zoomAt, type Point, type Zoom } from './zoom.ts'
import './lightbox.css'

const zoomStep = 1.5
const panStepPx = 80
const middle: Point = { x: 0, y: 0 }

/**
 * Pictures one at a time, as large as the window: arrows walk, plus and minus zoom, Escape closes. The
 * browser's own modal dialog keeps the focus inside and gives it back to what opened it.
 */
export default function Lightbox(props: {
  files: readonly StoredFile[]
  at: number
  onClose: () => void
}) {
  let dialog: HTMLDialogElement | undefined
  let stage: HTMLDivElement | undefined
  // Where it begins is told once; from there the reader walks.
  const [at, setAt] = createSignal(props.at)
  const [frame, setFrame] = createSignal<Size>({ width: 1, height: 1 })
  const [zoom, setZoom] = createSignal<Zoom>(fitted)
  const [isLoaded, setLoaded] = createSignal(false)
  // The index moves within the list, which is not empty.
  const file = createMemo(() => props.files[at()] as StoredFile)
  const words = () => file().alt ?? file().name
  const { source, hasFailed, onError } = createSource(() => fileUrl(file().id))
  const size = () => fit({ width: file().width ?? 800, height: file().height ?? 600 }, frame())

  const walk = (by: number): void =>
    void setAt((now) => Math.max(0, Math.min(props.files.length - 1, now + by)))
  const zoomBy = (factor: number, about = middle): void =>
    void setZoom((now) => zoomAt(now, factor, about, size(), frame()))
  const panBy = (by: Point): void => void setZoom((now) => pan(now, by, size(), frame()))
  createEffect(
    on(at, (now) => {
      setZoom(fitted)
      setLoaded(false)
      // The neighbours, so that walking does not wait.
      for (const near of [props.files[now + 1], props.files[now - 1]])
        if (near) new Image().src = fileUrl(near.id)
    }),
  )

  const forward = (): 1 | -1 => (direction() === 'rtl' ? -1 : 1)
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    ArrowRight: ({ shiftKey }) => (shiftKey ? panBy({ x: -panStepPx, y: 0 }) : walk(forward())),
    ArrowLeft: ({ shiftKey }) => (shiftKey ? panBy({ x: panStepPx, y: 0 }) : walk(-forward())),
    ArrowUp: () => panBy({ x: 0, y: panStepPx }),
    ArrowDown: () => panBy({ x: 0, y: -panStepPx }),
    Home: () => setAt(0),
    End: () => setAt(props.files.length - 1),
    '+': () => zoomBy(zoomStep),
    '=': () => zoomBy(zoomStep),
    '-': () => zoomBy(1 / zoomStep),
    '0': () => setZoom(fitted),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Whatever the page under it means by a key, it is not meant here.
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act(event)
  }

  onMount(() => {
    if (!dialog || !stage) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setFrame({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(stage)
    dialog.showModal()
    watchHands(stage, {
      zoom: zoomBy,
      pan: panBy,
      swipe: (side) => walk(side === 'left' ? forward() : -forward()),
      isZoomed: () => zoom().scale > 1,
      press: (point, isOnPicture) => {
        if (!isOnPicture) return props.onClose()
        if (zoom().scale > 1) setZoom(fitted)
        else zoomBy(2, point)
      },
    })
    onCleanup(() => {
      observer.disconnect()
      // Still in the document here: close() is what gives the focus back.
      dialog?.close()
    })
  })

  return (
    <dialog
      ref={(element) => (dialog = element)}
      class="lightbox"
      aria-label={t('files.viewer')}
      on:cancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      on:keydown={onKeyDown}
    >
      <div class="lightbox-stage" ref={(element) => (stage = element)}>
        <Show
          when={!hasFailed()}
          fallback={<p class="lightbox-failed">{t('files.pictureFailed')}</p>}
        >
          <div
            class="lightbox-picture"
            classList={{ 'lightbox-zoomed': zoom().scale > 1 }}
            data-picture=""
            style={{
              width: `${size().width}px`,
              height: `${size().height}px`,
              transform: `translate(${zoom().x}px, ${zoom().y}px) scale(${zoom().scale})`,
            }}
          >
            <Show when={file().thumb && !isLoaded()}>
              <img src={thumbUrl(file().id)} alt="" draggable={false} />
            </Show>
            <Show when={file().id} keyed>
              <img
                src={source()}
                alt={words()}
                draggable={false}
                onLoad={() => setLoaded(true)}
                onError={() => void onError()}
              />
            </Show>
          </div>
        </Show>
      </div>

      <header class="lightbox-head">
        <p class="lightbox-words" role="status">
          <span class="lightbox-name" dir="auto">
            {words()}
          </span>
          <Show when={props.files.length > 1}>
            <span class="lightbox-at">
              {t('files.viewerAt', { at: at() + 1, count: props.files.length })}
            </span>
          </Show>
        </p>
        <IconButton
          label={t('files.zoomOut')}
          keys="−"
          aria-disabled={zoom().scale === 1 ? 'true' : undefined}
          onClick={() => zoomBy(1 / zoomStep)}
        >
          <ZoomOut />
        </IconButton>
        <IconButton label={t('files.zoomIn')} keys="+" onClick={() => zoomBy(zoomStep)}>
          <ZoomIn />
        </IconButton>
        <a
          class="button button-icon button-bare"
          href={fileUrl(file().id, { download: true })}
          download={file().name}
          aria-label={t('files.downloadName', { name: file().name })}
          data-tip={t('files.download')}
        >
          <Download />
        </a>
        <IconButton
          label={t('files.closeViewer')}
          keys="Esc"
          autofocus
          onClick={() => props.onClose()}
        >
          <X />
        </IconButton>
      </header>
      <Show when={props.files.length > 1}>
        <IconButton
          class="lightbox-step lightbox-previous"
          label={t('files.previous')}
          keys="←"
          aria-disabled={at() === 0 ? 'true' : undefined}
          onClick={() => walk(-1)}
        >
          <ChevronLeft />
        </IconButton>
        <IconButton
          class="lightbox-step lightbox-next"
          label={t('files.next')}
          keys="→"
          aria-disabled={at() === props.files.length - 1 ? 'true' : undefined}
          onClick={() => walk(1)}
        >
          <ChevronRight />
        </IconButton>
      </Show>
    </dialog>
  )
}
