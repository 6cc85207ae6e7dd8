import { FetchRefused, guardedGet, type Network } from './guarded-get.ts'
import { isOfTheImage, type PreviewImage } from './keep-image.ts'
import { pageText } from './page-text.ts'
import { readPage } from './read-page.ts'
import type { KeptPreview } from './store.ts'

interface PreviewDeps {
  network: Network
  /** Keeps the picture at an address. */
  keepImage: (url: string, stop: AbortSignal) => Promise<PreviewImage>
  /** Something went wrong on our side with a picture; the rest is shown without it. */
  report: (error: unknown) => void
}

const page = {
  types: ['text/html', 'application/xhtml+xml'],
  maxBytes: 512 * 1024,
  whenLarger: 'cut',
} as const

/** What a link leads to; null when it leads to nothing that can be shown, or can't be got. */
export async function previewOf(
  deps: PreviewDeps,
  url: string,
  stop: AbortSignal,
): Promise<KeptPreview | null> {
  try {
    const got = await guardedGet(deps.network, url, page, stop)
    const facts = readPage(pageText(got.bytes, got.charset), got.url)
    if (!facts) return null
    const { imageUrl, ...said } = facts
    const image = imageUrl === null ? null : await imageAt(deps, imageUrl, stop)
    return { ...said, ...(image && { image }) }
  } catch (error) {
    // Called off by us, it says nothing of the page.
    if (!stop.aborted && (error instanceof FetchRefused || isNetworkError(error))) return null
    throw error
  }
}

async function imageAt(
  { keepImage, report }: PreviewDeps,
  url: string,
  stop: AbortSignal,
): Promise<PreviewImage | null> {
  try {
    return await keepImage(url, stop)
  } catch (error) {
    if (stop.aborted) throw error
    if (!isOfTheImage(error) && !isNetworkError(error)) report(error)
    return null
  }
}

/** What fetch and resolvers throw when the other side is at fault, or time is up. */
const isNetworkError = (error: unknown): boolean =>
  error instanceof Error &&
  (error instanceof TypeError ||
    error instanceof DOMException ||
    typeof Reflect.get(error, 'code') === 'string')
