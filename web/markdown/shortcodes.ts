import { createSignal } from 'solid-js'

const [table, setTable] = createSignal<ReadonlyMap<string, string>>(new Map())
let loading: Promise<void> | null = null

/**
 * The emoji of a shortcode without its colons. Undefined while the table, which is loaded with the first
 * chat that needs it, is not here, and where there is no such emoji. Reactive.
 */
export function emojiOf(code: string): string | undefined {
  loading ??= load()
  return table().get(code)
}

async function load(): Promise<void> {
  try {
    const { loadShortcodes } = await import('../emoji/table.ts')
    setTable(await loadShortcodes())
  } catch {
    // Without a line the words stand as they were typed; the next chat tries again.
    loading = null
  }
}
