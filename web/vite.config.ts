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
    // The CSP lets no data: fonts in, and inline assets would load with the first page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
