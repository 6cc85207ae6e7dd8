import { expect, test } from 'bun:test'
import { blend, contrast, oklchToLinear, type Rgb } from './contrast.ts'

type Theme = 'light' | 'dark'
type Colour = { rgb: Rgb; alpha: number }

const css = await Bun.file(new URL('tokens.css', import.meta.url)).text()
const parts = css.split('@media (prefers-contrast: more)')
const plain = tokensOf(parts[0] ?? '')
const strong = new Map([...plain, ...tokensOf(parts[1]?.split('@media')[0] ?? '')])

/** `--name: oklch(…)` or `--name: light-dark(oklch(…), oklch(…))`, and `var()` to another of them. */
function tokensOf(source: string): Map<string, Record<Theme, Colour>> {
  const found = new Map<string, Record<Theme, Colour>>()
  for (const [, name = '', value = ''] of source.matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    const colours = [...value.matchAll(/oklch\(([^)]+)\)/g)].map(([, inside = '']) =>
      colour(inside),
    )
    const [light, dark = light] = colours
    if (light && dark && /^(oklch|light-dark)\(/.test(value)) found.set(name, { light, dark })
    const other = found.get(/^var\((--[\w-]+)\)$/.exec(value)?.[1] ?? '')
    if (other) found.set(name, other)
  }
  return found
}

function colour(inside: string): Colour {
  const [lightness = 0, chroma = 0, hue = 0, alpha = 1] = inside.split(/[\s/]+/).map(Number)
  return { rgb: oklchToLinear(lightness, chroma, hue), alpha }
}

type Tokens = typeof plain

function named(tokens: Tokens, name: string, theme: Theme): Colour {
  const token = tokens.get(`--${name}`)
  if (!token) throw new Error(`tokens.css has no colour --${name}`)
  return token[theme]
}

/** `paper+hover` is --hover laid over --paper. */
function surface(tokens: Tokens, name: string, theme: Theme): Rgb {
  const [under = '', ...over] = name.split('+')
  return over.reduce<Rgb>(
    (rgb, layer) => {
      const top = named(tokens, layer, theme)
      return blend(top.rgb, rgb, top.alpha)
    },
    named(tokens, under, theme).rgb,
  )
}

const papers = ['paper', 'paper-sunk', 'paper-raised']
const rows = ['paper', 'paper+hover', 'paper-raised', 'paper-sunk', 'accent-soft', 'selection']
const surfaces = [...papers, ...papers.map((name) => `${name}+hover`), 'accent-soft']
const signals = ['ok', 'warn', 'danger', 'info']
const avatars = Array.from({ length: 12 }, (_, index) => `avatar-${index}`)

const pairs: { need: number; text: string[]; on: string[] }[] = [
  { need: 7, text: ['ink'], on: [...rows, ...signals.map((name) => `${name}-soft`)] },
  { need: 4.5, text: ['ink-soft', 'ink-faint', 'accent-text', ...signals], on: surfaces },
  { need: 4.5, text: ['accent-ink'], on: ['accent', 'accent+hover', 'accent+pressed'] },
  { need: 4.5, text: ['danger-ink'], on: ['danger-fill', 'danger-fill+hover'] },
  { need: 4.5, text: ['avatar-ink'], on: avatars },
  ...signals.map((name) => ({ need: 4.5, text: [name], on: [`${name}-soft`] })),
  { need: 3, text: ['line-control', 'accent'], on: papers },
]

for (const theme of ['light', 'dark'] as const) {
  for (const [mode, tokens] of [
    ['plain', plain],
    ['more contrast', strong],
  ] as const) {
    test(`text reads on every surface it meets: ${theme}, ${mode}`, () => {
      const failures = pairs.flatMap(({ need, text, on }) =>
        text.flatMap((name) =>
          on.flatMap((under) => {
            const rgb = named(tokens, name, theme).rgb
            const ratio = contrast(rgb, surface(tokens, under, theme))
            return ratio < need ? [`${name} on ${under}: ${ratio.toFixed(2)} of ${need}`] : []
          }),
        ),
      )
      expect(failures).toEqual([])
    })
  }
}

test('the twelve avatar colours are even in lightness and all different', () => {
  const values = avatars.map((name) => new RegExp(`--${name}: oklch\\(([^)]+)\\)`).exec(css)?.[1])
  expect(new Set(values.map((value) => value?.split(' ')[0])).size).toBe(1)
  expect(new Set(values).size).toBe(12)
})

test('contrast is that of WCAG: black on white is 21, a known grey 4.54', () => {
  const white = oklchToLinear(1, 0, 0)
  expect(contrast(white, oklchToLinear(0, 0, 0))).toBeCloseTo(21, 3)
  const grey = 0x76 / 255
  const linear = ((grey + 0.055) / 1.055) ** 2.4
  expect(contrast(white, [linear, linear, linear])).toBeCloseTo(4.54, 2)
})
