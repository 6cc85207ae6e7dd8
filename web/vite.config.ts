import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { solidOptions } from './ui/solid-options.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  publicDir: here('public'),
  plugins: [solid({ solid: solidOptions })],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // What has the popovers that menus are made of. For older ones `:dir()` would be written as a list of
    // languages, which a text of the other direction in a page does not follow.
    cssTarget: ['chrome120', 'edge120', 'firefox125', 'safari17'],
    // The CSP lets no data: fonts in, and inline assets would load with the first page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
