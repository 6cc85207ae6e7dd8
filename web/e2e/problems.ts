import type { BrowserContext, ConsoleMessage } from 'playwright-core'

/** What went wrong in the pages of one browser: console errors, uncaught errors, broken content policy. */
export interface Problems {
  /** From here on, a problem that fits is part of the story told. */
  expect: (pattern: RegExp) => void
  found: () => string[]
}

export function watchPage(context: BrowserContext): Problems {
  const found: string[] = []
  const expected: RegExp[] = []
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) found.push(text)
  }
  context.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${placeOf(message)})`)
  })
  context.on('weberror', (error) => note(error.error().stack ?? String(error.error())))
  return { expect: (pattern) => void expected.push(pattern), found: () => found }
}

const placeOf = (message: ConsoleMessage): string => message.location().url
