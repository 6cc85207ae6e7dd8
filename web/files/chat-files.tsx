import { createEffect, createMemo, For, Match, Show, Switch } from 'solid-js'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import type { Row } from '../chats/rows.ts'
import { t } from '../i18n/t.ts'
import { FileCard } from './file-card.tsx'
import { openLightbox } from './open-lightbox.ts'
import { Picture } from './picture.tsx'
import { pictureBox } from './picture-box.ts'
import { Sound, Video } from './player.tsx'
import { useLocalFiles } from './uploads.ts'
import './chat-files.css'

/**
 * Under a row's text: the files of its chat, or those that this tab is sending along. It is the same
 * element all along, so that nothing flickers when the chat is stored.
 */
export function RowFiles(props: { row: Row }) {
  const local = useLocalFiles()
  const stored = () => (props.row.chat?.deletedAt === null ? (props.row.chat.files ?? []) : [])
  const sentIds = () => props.row.entry?.fileIds ?? []
  const files = createMemo(() =>
    props.row.chat ? stored() : sentIds().flatMap((id) => local.get(id)?.file ?? []),
  )
  /** Sent by another life of this tab: only their number is known here. */
  const unknown = () => (props.row.chat ? 0 : sentIds().length - files().length)
  return (
    <>
      <Show when={files().length > 0}>
        <ChatFiles files={files()} isWaiting={props.row.chat === null} />
      </Show>
      <Show when={unknown() > 0}>
        <p class="chat-files-unknown">{t('files.many', { count: unknown() })}</p>
      </Show>
    </>
  )
}

/** Pictures first as a strip, then what plays, then what is only there to be got. */
export function ChatFiles(props: { files: readonly StoredFile[]; isWaiting?: boolean }) {
  const local = useLocalFiles()
  const isWaiting = () => props.isWaiting === true
  const ofKind = (isPicture: boolean) =>
    createMemo(
      () => props.files.filter(({ kind }) => (kind === 'image') === isPicture).map(({ id }) => id),
      [],
      { equals: isSame },
    )
  // By id: a chat that is stored, edited or reacted to brings new objects, not new files.
  const pictures = ofKind(true)
  const others = ofKind(false)
  const byId = (id: string) => props.files.find((file) => file.id === id)

  createEffect(() => {
    if (!isWaiting()) for (const id of others()) local.forget(id)
  })
  const open = (id: string): void => {
    if (!isWaiting())
      openLightbox(
        props.files.filter(({ kind }) => kind === 'image'),
        id,
      )
  }
  return (
    <div class="chat-files" classList={{ 'chat-files-waiting': isWaiting() }}>
      <Show when={pictures().length > 0}>
        <div class="chat-pictures">
          <For each={pictures()}>
            {(id) => (
              <Show when={byId(id)}>
                {(file) => (
                  <Picture
                    file={file()}
                    box={pictureBox(file(), pictures().length === 1)}
                    local={local.get(id)?.picture ?? null}
                    isWaiting={isWaiting()}
                    onLoaded={() => local.forget(id)}
                    onOpen={() => open(id)}
                  />
                )}
              </Show>
            )}
          </For>
        </div>
      </Show>
      <For each={others()}>
        {(id) => (
          <Show when={byId(id)}>
            {(file) => (
              <Switch fallback={<FileCard file={file()} isWaiting={isWaiting()} />}>
                <Match when={file().kind === 'video'}>
                  <Video file={file()} isWaiting={isWaiting()} />
                </Match>
                <Match when={file().kind === 'audio'}>
                  <Sound file={file()} isWaiting={isWaiting()} />
                </Match>
              </Switch>
            )}
          </Show>
        )}
      </For>
    </div>
  )
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at])
