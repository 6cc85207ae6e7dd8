import type { Block } from './nodes.ts'

/** Made when it is needed: a browser that can't read it shows emoji at the size of text. */
let pattern: RegExp | null | undefined

/** Whether a chat is one to three emoji and nothing else: then they are shown large. */
export function isOnlyEmoji(
  blocks: readonly Block[],
  emojiOf: (code: string) => string | undefined,
): boolean {
  const [block] = blocks
  if (blocks.length !== 1 || block?.type !== 'paragraph' || block.children.length > 6) return false
  let text = ''
  for (const node of block.children) {
    if (node.type === 'text') text += node.text
    else if (node.type === 'emoji') text += emojiOf(node.code) ?? node.text
    else return false
  }
  // Families of four with tones are the longest emoji there are.
  return text.length <= 120 && threeEmoji()?.test(text.trim()) === true
}

function threeEmoji(): RegExp | null {
  if (pattern === undefined) {
    try {
      pattern = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,3}$', 'v')
    } catch {
      pattern = null
    }
  }
  return pattern
}
