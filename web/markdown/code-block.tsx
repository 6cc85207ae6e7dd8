import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { Button, IconButton } from '../ui/button.tsx'
import { copyToClipboard } from '../ui/clipboard.ts'
import { Check, Copy } from '../ui/icons.ts'
import { firstLines, type CodePiece } from './code-pieces.ts'

export type CodeBlockTexts = {
  copy: string
  copied: string
  /** `lines` is how many there are in all. */
  showAll: (lines: number) => string
  showLess: string
  /** Names a block without a language for screen readers. */
  code: string
}

/** Longer code is folded to this many lines. */
const foldedLines = 25

export function CodeBlock(props: { language: string; text: string; texts: CodeBlockTexts }) {
  const [isOpen, setOpen] = createSignal(false)
  const [isCopied, setCopied] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const pieces = createPieces(props)
  const lines = () => props.text.split('\n').length
  const isLong = () => lines() > foldedLines
  const shown = () => (isLong() && !isOpen() ? firstLines(pieces(), foldedLines) : pieces())

  const copy = async () => {
    // Refused: the tick stays away, and the text can be selected.
    if (!(await copyToClipboard(props.text))) return
    setCopied(true)
    clearTimeout(timer)
    timer = setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <div class="md-code" dir="ltr">
      <div class="md-code-head">
        <span>{props.language}</span>
        <IconButton
          small
          label={isCopied() ? props.texts.copied : props.texts.copy}
          onClick={() => void copy()}
        >
          {isCopied() ? <Check /> : <Copy />}
        </IconButton>
      </div>
      <pre tabindex="0" role="group" aria-label={props.language || props.texts.code}>
        <code>
          <For each={shown()}>
            {({ text, look }) => (look ? <span class={`md-code-${look}`}>{text}</span> : text)}
          </For>
        </code>
      </pre>
      <Show when={isLong()}>
        <Button kind="bare" small wide onClick={() => setOpen(!isOpen())} aria-expanded={isOpen()}>
          {isOpen() ? props.texts.showLess : props.texts.showAll(lines())}
        </Button>
      </Show>
    </div>
  )
}

/** The text as it is, and in its colours once what draws them is loaded: letters stay where they are. */
function createPieces(props: { language: string; text: string }) {
  const [coloured, setColoured] = createSignal<readonly CodePiece[] | null>(null)
  createEffect(
    on([() => props.language, () => props.text], ([language, text]) => {
      let isOld = false
      onCleanup(() => (isOld = true))
      setColoured(null)
      void piecesOf(language, text).then((found) => !isOld && setColoured(found))
    }),
  )
  return () => coloured() ?? [{ text: props.text, look: null }]
}

async function piecesOf(language: string, text: string): Promise<CodePiece[] | null> {
  if (language === '') return null
  try {
    const { highlight } = await import('./highlight.ts')
    return await highlight(language, text)
  } catch {
    // Without a line, code stays in one colour.
    return null
  }
}
