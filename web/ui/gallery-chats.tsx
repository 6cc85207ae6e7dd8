import { createSignal, For, Show } from 'solid-js'
import { hostileTexts } from '../markdown/hostile-texts.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { Markdown } from '../markdown/render.tsx'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { Part } from './gallery-part.tsx'

const chats = [
  'Morning. The plan for today is in #design, @ada please have a look.\nA second line.',
  'It is **bold**, *italic*, ~~gone~~, `const x = 1` and a [link](https://example.com).',
  '> The world is all that is the case.\n\nI would not go that far.',
  'To do:\n1. measure\n2. cut\n   - twice\n   - or thrice\n- [x] done\n- [ ] open',
  '```ts\nexport function greet(name: string): string {\n\treturn `Hello, ${name}`\n}\n```',
  `\`\`\`\n${Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n')}\n\`\`\``,
  '[example.com/login](https://evil.test) and [Bücher](https://bücher.example)',
  'שלום לכולם, ראו #עיצוב',
  '| City | People | Since |\n|---|--:|:-:|\n| **Berlin** | 3,700,000 | 1237 |\n| `Oslo` | 709,000 | 1048 |',
  '🎉',
  `Long: ${'wordwithoutanyspaces'.repeat(12)}`,
]

const texts = {
  copy: 'Copy',
  copied: 'Copied',
  showAll: (lines: number) => `Show all ${lines} lines`,
  showLess: 'Show less',
  code: 'Code',
  table: 'Table',
  taskDone: 'Done',
  taskOpen: 'To do',
}

function Chat(props: { text: string }) {
  return (
    <Markdown
      blocks={parseMarkdown(props.text)}
      texts={texts}
      mention={(_, text) => <span class="md-mention">{text}</span>}
      room={(_, text) => (
        <a class="md-mention" href="#room">
          {text}
        </a>
      )}
    />
  )
}

export function GalleryChats() {
  const [isHostile, setHostile] = createSignal(false)
  return (
    <>
      <Part title="Chats">
        <For each={chats}>
          {(text, index) => (
            <div class="gallery-chat">
              <Avatar person={{ name: 'Ada Lovelace', avatarColor: index() }} />
              <Chat text={text} />
            </div>
          )}
        </For>
      </Part>
      <Part title="Hostile chats">
        <Show
          when={isHostile()}
          fallback={<Button onClick={() => setHostile(true)}>Show every hostile text</Button>}
        >
          <div class="gallery-hostile">
            <For each={hostileTexts}>{(text) => <Chat text={text} />}</For>
          </div>
        </Show>
      </Part>
    </>
  )
}
