import { createSignal, createUniqueId, onMount } from 'solid-js'
import { t } from '../i18n/t.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { cover, cut } from './crop.ts'
import { watchHands } from './hands.ts'
import { fitted, mostScale, pan, zoomAt, type Point, type Zoom } from './zoom.ts'
import './crop-dialog.css'

/** The window, in CSS pixels, and the longest side of what is sent. */
const sidePx = 256
const sentPx = 512
const frame = { width: sidePx, height: sidePx }
const middle: Point = { x: 0, y: 0 }
const stepPx = 8

/** Cuts a square out of a picture: dragged, pinched, scrolled, or moved by keys. */
export default function CropDialog(props: {
  picture: HTMLImageElement
  onSave: (square: Blob) => Promise<void>
  onClose: () => void
}) {
  const hint = createUniqueId()
  let stage: HTMLDivElement | undefined
  const [zoom, setZoom] = createSignal<Zoom>(fitted)
  const natural = () => ({
    width: props.picture.naturalWidth,
    height: props.picture.naturalHeight,
  })
  const size = () => cover(natural(), sidePx)
  const zoomBy = (factor: number, about = middle): void =>
    void setZoom((now) => zoomAt(now, factor, about, size(), frame))
  const panBy = (by: Point): void => void setZoom((now) => pan(now, by, size(), frame))

  const submit = createSubmit(async () => {
    await props.onSave(await squareOf(props.picture, cut(natural(), zoom(), sidePx)))
  })
  const keys: Record<string, () => void> = {
    ArrowLeft: () => panBy({ x: stepPx, y: 0 }),
    ArrowRight: () => panBy({ x: -stepPx, y: 0 }),
    ArrowUp: () => panBy({ x: 0, y: stepPx }),
    ArrowDown: () => panBy({ x: 0, y: -stepPx }),
    '+': () => zoomBy(1.1),
    '=': () => zoomBy(1.1),
    '-': () => zoomBy(1 / 1.1),
    Enter: () => submit.run(),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  onMount(() => {
    if (!stage) return
    watchHands(stage, {
      zoom: zoomBy,
      pan: panBy,
      swipe: () => {},
      isZoomed: () => true,
      press: () => {},
    })
  })

  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={t('files.avatarCrop')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={submit.busy()} onClick={() => submit.run()}>
            {t('files.avatarSave')}
          </Button>
        </>
      }
    >
      <div
        class="crop-stage"
        ref={(element) => (stage = element)}
        role="group"
        tabindex="0"
        autofocus
        aria-label={t('files.avatarStage')}
        aria-describedby={hint}
        on:keydown={onKeyDown}
      >
        <img
          src={props.picture.src}
          alt=""
          draggable={false}
          style={{
            width: `${size().width}px`,
            height: `${size().height}px`,
            transform: `translate(${zoom().x}px, ${zoom().y}px) scale(${zoom().scale})`,
          }}
        />
      </div>
      <label class="crop-zoom">
        <span>{t('files.avatarZoom')}</span>
        <input
          type="range"
          min="1"
          max={mostScale}
          step="0.05"
          value={zoom().scale}
          // The dialog may stand in a form, which Enter would send.
          onKeyDown={(event) => event.key === 'Enter' && onKeyDown(event)}
          onInput={(event) => zoomBy(Number(event.currentTarget.value) / zoom().scale)}
        />
      </label>
      <p class="field-hint" id={hint}>
        {t('files.avatarCropHint')}
      </p>
      <FormProblem text={submit.problem()} />
    </Dialog>
  )
}

/** The cut square as a picture of its own; the server makes it as small as it is shown. */
function squareOf(
  picture: HTMLImageElement,
  { x, y, side }: { x: number; y: number; side: number },
): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const pixels = Math.max(1, Math.min(sentPx, Math.round(side)))
  canvas.width = pixels
  canvas.height = pixels
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, x, y, side, side, 0, 0, pixels, pixels)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('no picture'))),
      'image/webp',
      0.92,
    )
  })
}
