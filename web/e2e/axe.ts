import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Runs axe on the page in light and in dark; fails with each violation and where it is. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const told = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`,
    )
    if (told.length > 0) throw new Error(`${what}, ${colorScheme}:\n${told.join('\n')}`)
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' })
}
