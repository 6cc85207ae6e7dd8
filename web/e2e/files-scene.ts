import type { Locator, Page } from 'playwright-core'
import type { Sample } from './sample-files.ts'

export const tray = (page: Page): Locator => page.getByRole('list', { name: 'Files to send' })
export const choose = (page: Page, samples: Sample[]): Promise<void> =>
  page.locator('.room .composer input[type=file]').setInputFiles(samples)
/** All that stands in the tray is on the server. */
export const uploaded = async (page: Page, names: string[]): Promise<void> => {
  for (const name of names)
    await tray(page)
      .getByRole('button', { name: `Remove ${name}` })
      .waitFor()
}
export const picture = (page: Page, name: string): Locator =>
  page.getByRole('log').getByRole('button', { name, exact: true })
/** Waits until the stored picture is drawn, and answers how large it is in itself. */
export const drawn = (place: Locator): Promise<number> =>
  place.locator('img:not(.picture-local)').evaluate(async (image) => {
    // The locator's own selector says what it is.
    const shown = image as HTMLImageElement
    await shown.decode()
    return shown.naturalWidth
  })
/** What was changed is drawn: with reduced motion a change takes one frame. */
export const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
/** Uploads at so many bytes a second; 0 is as fast as it goes. */
export async function upSpeed(page: Page, uploadThroughput: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: uploadThroughput || -1,
  })
}

/** As the browser tells of a file that comes from outside the page. */
export const bring = (place: Locator, types: string[], { name, mimeType, buffer }: Sample) =>
  place.evaluate(
    (element, file) => {
      const data = new DataTransfer()
      const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], file.name, { type: file.mimeType }))
      for (const type of file.types) {
        const how = { bubbles: true, cancelable: true }
        element.dispatchEvent(
          type === 'paste'
            ? new ClipboardEvent(type, { ...how, clipboardData: data })
            : new DragEvent(type, { ...how, dataTransfer: data }),
        )
      }
    },
    { name, mimeType, base64: buffer.toString('base64'), types },
  )

/** A second of a moving square, as the browser itself films it. */
export const film = (page: Page, name: string): Promise<Sample> =>
  page
    .evaluate(async () => {
      const canvas = document.createElement('canvas')
      canvas.width = 320
      canvas.height = 180
      const context = canvas.getContext('2d')
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve))
      recorder.start()
      for (let step = 0; step < 30; step += 1) {
        context?.fillRect(step * 8, 40, 60, 60)
        await new Promise(requestAnimationFrame)
      }
      recorder.stop()
      await ended
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    })
    .then((text) => ({ name, mimeType: 'video/webm', buffer: Buffer.from(text, 'latin1') }))
