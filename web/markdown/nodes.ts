/** What a chat's text becomes: the whole of what it can show. There is no node for HTML. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; children: Inline[]; shownHost: string | null }
  | { type: 'mention'; handle: string; text: string }
  | { type: 'room'; slug: string; text: string }
  /** `:tada:`, `code` without its colons. Whether there is such an emoji is for the renderer to know. */
  | { type: 'emoji'; code: string; text: string }
  | { type: 'break' }

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'code_block'; language: string; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; ordered: boolean; start: number; items: ListItem[] }
  /** Each row has as many cells as `align`. */
  | { type: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' }

export type Align = 'start' | 'center' | 'end' | null

/** `checked` is null where it is no task. */
export type ListItem = { checked: boolean | null; children: Block[] }
