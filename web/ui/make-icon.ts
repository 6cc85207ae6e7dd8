import { createElement, type IconNode } from 'lucide'
import type { JSX } from 'solid-js'

/**
 * An icon that is drawn once and then copied whole: lucide's own component for Solid builds every line of
 * every icon by itself, which was most of what a button costs. Never read out: what it says is said in
 * words as well. Its names, old ones last, are among its classes.
 */
export function makeIcon(node: IconNode, ...names: string[]): () => JSX.Element {
  let drawn: SVGElement | undefined
  return () => {
    drawn ??= createElement(node, {
      class: ['lucide', ...names.map((name) => `lucide-${name}`), 'lucide-icon'].join(' '),
      'aria-hidden': 'true',
    })
    return drawn.cloneNode(true)
  }
}
