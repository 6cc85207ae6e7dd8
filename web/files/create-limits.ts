import { createSignal, type Accessor } from 'solid-js'
import type { FileLimits } from '../../src/protocol/files.ts'
import { fileLimits } from './transport.ts'

const [limits, setLimits] = createSignal<FileLimits | null>(null)

/** What may be uploaded, as far as it is known here; null before `learnLimits`. */
export const knownLimits: Accessor<FileLimits | null> = limits

/** Asks for it, so that it can be told before anything is chosen. Without an answer nothing is told. */
export function learnLimits(): void {
  fileLimits().then(setLimits, () => {})
}
