import { changeBetween, type Writing } from './writing.ts'

/** The field one writes in, as the tools around it see it. */
export interface WritingField {
  take: (element: HTMLTextAreaElement) => void
  focus: () => void
  /** Its text and what is selected now. */
  writing: () => Writing
  /** Makes this of it as if typed: undo takes it back, and the field's own listeners hear of it. */
  write: (next: Writing) => void
  /** Puts text in the place of what is selected. */
  insert: (text: string) => void
}

export function createField(): WritingField {
  let element: HTMLTextAreaElement | undefined

  const writing = (): Writing => ({
    text: element?.value ?? '',
    start: element?.selectionStart ?? 0,
    end: element?.selectionEnd ?? 0,
  })
  const write = (next: Writing): void => {
    if (!element) return
    element.focus({ preventScroll: true })
    const { start, end, text } = changeBetween(element.value, next.text)
    if (start !== end || text !== '') {
      element.setSelectionRange(start, end)
      putIn(element, text)
    }
    element.setSelectionRange(next.start, next.end)
  }
  return {
    take: (next) => (element = next),
    focus: () => element?.focus({ preventScroll: true }),
    writing,
    write,
    insert: (text) => {
      const { text: held, start, end } = writing()
      const at = start + text.length
      write({ text: held.slice(0, start) + text + held.slice(end), start: at, end: at })
    },
  }
}

/** `execCommand` is old, but it alone is part of what undo takes back. */
function putIn(element: HTMLTextAreaElement, text: string): void {
  const isDone =
    text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text)
  if (isDone) return
  element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end')
  element.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Where the browser's own `field-sizing` is missing. CSS says how far it grows. */
export function fitHeight(element: HTMLTextAreaElement): void {
  element.style.blockSize = 'auto'
  element.style.blockSize = `${element.scrollHeight}px`
}
