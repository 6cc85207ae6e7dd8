import { createSignal, onCleanup, Show } from 'solid-js'
import { Button, IconButton } from '../ui/button.tsx'
import { copyToClipboard } from '../ui/clipboard.ts'
import { Check, Copy } from '../ui/icons.ts'

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

  const lines = () => props.text.split('\n')
  const isLong = () => lines().length > foldedLines
  const shown = () =>
    isLong() && !isOpen() ? lines().slice(0, foldedLines).join('\n') : props.text

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
      <pre tabindex="0" role="region" aria-label={props.language || props.texts.code}>
        <code>{shown()}</code>
      </pre>
      <Show when={isLong()}>
        <Button kind="bare" small wide onClick={() => setOpen(!isOpen())} aria-expanded={isOpen()}>
          {isOpen() ? props.texts.showLess : props.texts.showAll(lines().length)}
        </Button>
      </Show>
    </div>
  )
}
