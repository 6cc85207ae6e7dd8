import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { CodeBlock, type CodeBlockTexts } from './code-block.tsx'
import { isOnlyEmoji } from './big-emoji.ts'
import type { Block, Inline, ListItem } from './nodes.ts'
import { emojiOf } from './shortcodes.ts'
import { MarkdownTable } from './table.tsx'
import './markdown.css'

export type MarkdownTexts = CodeBlockTexts & {
  /** Names a table's box for screen readers. */
  table: string
  taskDone: string
  taskOpen: string
}

export type MarkdownProps = {
  blocks: readonly Block[]
  texts: MarkdownTexts
  /** Who `@handle` is; the text as typed where there is no such person. */
  mention: (handle: string, text: string) => JSX.Element
  room: (slug: string, text: string) => JSX.Element
}

type Renderers = Omit<MarkdownProps, 'blocks'>

/** A chat's nodes as elements. Nothing here takes HTML: every text becomes a text node. */
export function Markdown(props: MarkdownProps) {
  return (
    <div class="md" classList={{ 'md-big': isOnlyEmoji(props.blocks, emojiOf) }} dir="auto">
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
      const items = <For each={block.items}>{(item) => <Item item={item} with={using} />}</For>
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <MarkdownTable
          table={block}
          label={using.texts.table}
          cell={(nodes) => renderInlines(nodes, using)}
        />
      )
    case 'rule':
      return <hr />
  }
  return block satisfies never
}

function Item(props: { item: ListItem; with: Renderers }) {
  const children = () => <Blocks blocks={props.item.children} with={props.with} />
  return (
    <Switch fallback={<li>{children()}</li>}>
      <Match when={props.item.checked !== null}>
        <li class="md-task">
          {/* It tells, and is not for pressing: the chat is its author's. */}
          <input
            type="checkbox"
            checked={props.item.checked === true}
            disabled
            aria-label={props.item.checked ? props.with.texts.taskDone : props.with.texts.taskOpen}
          />
          <div>{children()}</div>
        </li>
      </Match>
    </Switch>
  )
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
    case 'emoji':
      return <>{emojiOf(node.code) ?? node.text}</>
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
