import { For, type JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Blocks, Bold, Code, Italic, List, ListOrdered, Quote, Strikethrough } from '../ui/icons.ts'
import type { Format } from './formatting.ts'

const tools = [
  { format: 'bold', text: 'chats.bold', keys: 'Ctrl B', icon: () => <Bold /> },
  { format: 'italic', text: 'chats.italic', keys: 'Ctrl I', icon: () => <Italic /> },
  {
    format: 'strike',
    text: 'compose.strike',
    keys: 'Ctrl Shift X',
    icon: () => <Strikethrough />,
  },
  { format: 'code', text: 'chats.code', keys: 'Ctrl E', icon: () => <Code /> },
  {
    format: 'code_block',
    text: 'compose.codeBlock',
    keys: 'Ctrl Shift C',
    icon: () => <Blocks />,
  },
  { format: 'quote', text: 'compose.quote', keys: 'Ctrl Shift 9', icon: () => <Quote /> },
  { format: 'bullets', text: 'compose.bullets', keys: 'Ctrl Shift 8', icon: () => <List /> },
  {
    format: 'numbers',
    text: 'compose.numbers',
    keys: 'Ctrl Shift 7',
    icon: () => <ListOrdered />,
  },
] as const satisfies readonly {
  format: Format
  text: string
  keys: string
  icon: () => JSX.Element
}[]

/** The formats, for those who don't know their keys; hidden by CSS where the composer is narrow. */
export function FormatBar(props: { onFormat: (format: Format) => void }) {
  return (
    <div class="format-bar" role="group" aria-label={t('compose.formatting')}>
      <For each={tools}>
        {(tool) => (
          <IconButton
            small
            label={t(tool.text)}
            keys={tool.keys}
            // The selection stays in the field, and a phone's keyboard where it is.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => props.onFormat(tool.format)}
          >
            {tool.icon()}
          </IconButton>
        )}
      </For>
    </div>
  )
}
