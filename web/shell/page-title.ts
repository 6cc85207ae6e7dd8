import { createEffect, createSignal, onCleanup } from 'solid-js'
import { t } from '../i18n/t.ts'

const [page, setPage] = createSignal<(() => string) | null>(null)

/** Names the page in the tab while the calling component is there. */
export function setPageTitle(title: () => string): void {
  setPage(() => title)
  onCleanup(() => setPage((current) => (current === title ? null : current)))
}

/** Writes the tab's title: the page's name, and before it how much waits for me. */
export function showPageTitle(badge: () => number): void {
  createEffect(() => {
    const named = page()?.()
    const title = named ? t('shell.title', { page: named }) : t('common.appName')
    const count = badge()
    document.title = count > 0 ? t('shell.titleWithBadge', { count, title }) : title
  })
}
