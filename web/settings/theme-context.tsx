import { createContext, useContext, type JSX } from 'solid-js'
import { createTheme } from '../ui/theme.ts'

type Theme = ReturnType<typeof createTheme>

const ThemeContext = createContext<Theme>()

/** Mounted once: the theme of this browser, kept and shared by its tabs. */
export function ThemeProvider(props: { children: JSX.Element }) {
  return <ThemeContext.Provider value={createTheme()}>{props.children}</ThemeContext.Provider>
}

export function useTheme(): Theme {
  const theme = useContext(ThemeContext)
  if (!theme) throw new Error('useTheme belongs inside ThemeProvider')
  return theme
}
