import { createSignal, onCleanup, type Accessor } from 'solid-js'

export const themeChoices = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const storageKey = 'parley.theme'

/** What the address bar of a phone is painted with: --paper of each theme, which a meta can't read. */
const paper = { light: '#fdfcfa', dark: '#191714' } as const

/** Anything else that storage holds, an older version's value too, is the system's theme. */
export function parseThemeChoice(stored: string | null): ThemeChoice {
  return themeChoices.find((choice) => choice === stored) ?? 'system'
}

export function shownTheme(choice: ThemeChoice, systemIsDark: boolean): 'light' | 'dark' {
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}

/** The few things of a page that a theme touches; a test gives its own. */
export type ThemePage = {
  root: { dataset: Record<string, string | undefined> }
  themeColor: { content: string } | null
}

/** Marks the page; tokens.css does the rest. */
export function applyTheme(page: ThemePage, choice: ThemeChoice, systemIsDark: boolean): void {
  page.root.dataset['theme'] = choice
  if (page.themeColor) page.themeColor.content = paper[shownTheme(choice, systemIsDark)]
}

export function readThemeChoice(storage: Pick<Storage, 'getItem'>): ThemeChoice {
  try {
    return parseThemeChoice(storage.getItem(storageKey))
  } catch {
    // Storage may be forbidden (private windows); the system's theme needs none.
    return 'system'
  }
}

export function writeThemeChoice(storage: Pick<Storage, 'setItem'>, choice: ThemeChoice): void {
  try {
    storage.setItem(storageKey, choice)
  } catch {
    // Forbidden or full: the choice then lasts as long as the page.
  }
}

/** The choice of this browser, kept, applied to the page, and shared by its tabs. */
export function createTheme(): readonly [Accessor<ThemeChoice>, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = createSignal(readThemeChoice(localStorage))
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () =>
    applyTheme(
      {
        root: document.documentElement,
        themeColor: document.querySelector<HTMLMetaElement>('meta[name="theme-color"]'),
      },
      choice(),
      system.matches,
    )
  const fromOtherTab = (event: StorageEvent) => {
    // A null key is storage.clear().
    if (event.key !== storageKey && event.key !== null) return
    setChoice(parseThemeChoice(event.newValue))
    apply()
  }
  window.addEventListener('storage', fromOtherTab)
  system.addEventListener('change', apply)
  onCleanup(() => {
    window.removeEventListener('storage', fromOtherTab)
    system.removeEventListener('change', apply)
  })
  apply()
  const choose = (next: ThemeChoice) => {
    writeThemeChoice(localStorage, next)
    setChoice(next)
    apply()
  }
  return [choice, choose] as const
}
