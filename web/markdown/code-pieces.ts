export type CodeLook =
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'title'
  | 'type'
  | 'added'
  | 'deleted'

/** Some text of a code block, and how it looks; null as plain code. */
export interface CodePiece {
  text: string
  look: CodeLook | null
}

/** The pieces up to the end of the line `count`. */
export function firstLines(pieces: readonly CodePiece[], count: number): CodePiece[] {
  const shown: CodePiece[] = []
  let left = count
  for (const { text, look } of pieces) {
    const lines = text.split('\n')
    if (lines.length > left) return [...shown, { text: lines.slice(0, left).join('\n'), look }]
    shown.push({ text, look })
    left -= lines.length - 1
  }
  return shown
}
