import { FetchRefused, guardedGet, type Network } from './guarded-get.ts'
import { pageText } from './page-text.ts'
import { readPage } from './read-page.ts'
import type { KeptPreview } from './store.ts'

const page = {
  types: ['text/html', 'application/xhtml+xml'],
  maxBytes: 512 * 1024,
  whenLarger: 'cut',
} as const

/** What a link leads to; null when it leads to nothing that can be shown, or can't be got. */
export async function previewOf(
  network: Network,
  url: string,
  stop: AbortSignal,
): Promise<KeptPreview | null> {
  try {
    const got = await guardedGet(network, url, page, stop)
    const facts = readPage(pageText(got.bytes, got.charset), got.url)
    if (!facts) return null
    const { site, title, description } = facts
    return { site, title, description }
  } catch (error) {
    // Called off by us, it says nothing of the page.
    if (!stop.aborted && (error instanceof FetchRefused || isNetworkError(error))) return null
    throw error
  }
}

/** What fetch and resolvers throw when the other side is at fault, or time is up. */
const isNetworkError = (error: unknown): boolean =>
  error instanceof Error &&
  (error instanceof TypeError ||
    error instanceof DOMException ||
    typeof Reflect.get(error, 'code') === 'string')
