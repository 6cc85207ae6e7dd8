import { For, Show, type JSX } from 'solid-js'
import { CodeBlock, type CodeBlockTexts } from './code-block.tsx'
import type { Block, Inline } from './nodes.ts'
import './markdown.css'

export type MarkdownProps = {
  blocks: readonly Block[]
  texts: CodeBlockTexts
  /** Who `@handle` is; the text as typed where there is no such person. */
  mention: (handle: string, text: string) => JSX.Element
  room: (slug: string, text: string) => JSX.Element
}

type Renderers = Omit<MarkdownProps, 'blocks'>

/** A chat's nodes as elements. Nothing here takes HTML: every text becomes a text node. */
export function Markdown(props: MarkdownProps) {
  return (
    <div class="md" dir="auto">
      <Blocks blocks={props.blocks} with={props} />
    </div>
  )
}

function Blocks(props: { blocks: readonly Block[]; with: Renderers }) {
  return <For each={props.blocks}>{(block) => renderBlock(block, props.with)}</For>
}

function renderBlock(block: Block, using: Renderers): JSX.Element {
  switch (block.type) {
    case 'paragraph':
      return <p>{renderInlines(block.children, using)}</p>
    case 'code_block':
      return <CodeBlock language={block.language} text={block.text} texts={using.texts} />
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} with={using} />
        </blockquote>
      )
    case 'list': {
      const items = (
        <For each={block.items}>
          {(item) => (
            <li>
              <Blocks blocks={item} with={using} />
            </li>
          )}
        </For>
      )
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
    }
    case 'rule':
      return <hr />
  }
  return block satisfies never
}

function renderInlines(nodes: readonly Inline[], using: Renderers): JSX.Element {
  return nodes.map((node) => renderInline(node, using))
}

function renderInline(node: Inline, using: Renderers): JSX.Element {
  switch (node.type) {
    case 'text':
      return node.text
    case 'strong':
      return <strong>{renderInlines(node.children, using)}</strong>
    case 'emphasis':
      return <em>{renderInlines(node.children, using)}</em>
    case 'strike':
      return <s>{renderInlines(node.children, using)}</s>
    case 'code':
      return <code>{node.text}</code>
    case 'break':
      return <br />
    case 'mention':
      return using.mention(node.handle, node.text)
    case 'room':
      return using.room(node.slug, node.text)
    case 'link':
      return (
        <a href={node.href} title={node.href} target="_blank" rel="noopener noreferrer nofollow">
          <bdi>{renderInlines(node.children, using)}</bdi>
          <Show when={node.shownHost}>{(host) => <span class="md-host"> ({host()})</span>}</Show>
        </a>
      )
  }
  return node satisfies never
}
