import { createSignal } from 'solid-js'
import { asApiError } from './api-error.ts'
import type { ApiError } from './api-error.ts'
import { errorText } from './error-text.ts'
import { fieldText } from './field-text.ts'

/** One form's request: busy while it runs, and what came back when it was refused. */
export interface Submit {
  run: (event?: Event) => void
  busy: () => boolean
  /** What to tell beside one field. */
  field: (name: string) => string | undefined
  /** What to tell above the button: nothing when the fields say it all. */
  problem: () => string | undefined
  reset: () => void
}

/**
 * Runs `work` once at a time; a second press while it runs does nothing.
 * @param known the fields the form shows, whose errors are told beside them
 */
export function createSubmit(work: () => Promise<void>, known: readonly string[] = []): Submit {
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<ApiError | null>(null)

  const attempt = async () => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (caught) {
      setError(asApiError(caught))
    } finally {
      setBusy(false)
    }
  }

  return {
    run: (event) => {
      event?.preventDefault()
      if (!busy()) void attempt()
    },
    busy,
    field: (name) => {
      const message = error()?.field(name)
      return message === undefined ? undefined : fieldText(message)
    },
    problem: () => {
      const refused = error()
      if (!refused) return undefined
      const told =
        refused.fields.length > 0 && refused.fields.every(({ field }) => known.includes(field))
      return told ? undefined : errorText(refused)
    },
    reset: () => setError(null),
  }
}
