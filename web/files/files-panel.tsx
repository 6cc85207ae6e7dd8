import { useNavigate } from '@solidjs/router'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { chatPath } from '../chats/chat-link.ts'
import { errorText } from '../error-text.ts'
import { formatDate, formatFull } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Button } from '../ui/button.tsx'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { createRoomFiles } from './create-room-files.ts'
import { FileCard } from './file-card.tsx'
import { openLightbox } from './open-lightbox.ts'
import { Picture } from './picture.tsx'
import { runsOf, type PostedFile } from './room-files.ts'
import './files-panel.css'

const isBeside = matchMedia('(min-width: 1100px)')
const tile = { width: 112, height: 112 }

/** All that was posted in a room, the newest first; each leads to its chat. */
export default function FilesPanel(props: { room: MyRoom }) {
  // The panel is made anew for another room.
  const list = createRoomFiles(props.room.id)
  const runs = createMemo(() => runsOf(list.files()))
  const pictures = () => list.files().flatMap(({ file }) => (file.kind === 'image' ? file : []))
  return (
    <Pane class="panel-body files-panel" label={t('files.panel')}>
      <Switch>
        <Match when={list.files().length > 0}>
          <For each={runs()}>
            {(run) => (
              <ul class={run.isPictures ? 'files-grid' : 'files-list'}>
                <For each={run.files}>
                  {(posted) => (
                    <li>
                      <Show when={run.isPictures} fallback={<FileCard file={posted.file} />}>
                        <Picture
                          file={posted.file}
                          box={tile}
                          onOpen={() => openLightbox(pictures(), posted.file.id)}
                        />
                      </Show>
                      <Origin room={props.room} posted={posted} />
                    </li>
                  )}
                </For>
              </ul>
            )}
          </For>
          <div class="panel-note">
            <Switch>
              <Match when={list.error()}>
                {(error) => <p role="alert">{errorText(error())}</p>}
              </Match>
              <Match when={list.isWhole()}>
                <p>{t('files.panelEnd')}</p>
              </Match>
            </Switch>
            <Show when={!list.isWhole()}>
              <Button busy={list.busy()} onClick={() => void list.more()}>
                {t('files.panelMore')}
              </Button>
            </Show>
          </div>
        </Match>
        <Match when={list.error()}>
          {(error) => (
            <ErrorState
              title={t('files.panelFailed')}
              retryLabel={t('common.retry')}
              onRetry={() => void list.more()}
            >
              {errorText(error())}
            </ErrorState>
          )}
        </Match>
        <Match when={list.isWhole()}>
          <EmptyState drawing="chats" title={t('files.panelEmpty')}>
            {t('files.panelEmptyText')}
          </EmptyState>
        </Match>
        <Match when={true}>
          <Skeleton label={t('files.panelLoading')} rows={5} />
        </Match>
      </Switch>
    </Pane>
  )
}

/** Who posted it and when; leads to the chat it came with. */
function Origin(props: { room: MyRoom; posted: PostedFile }) {
  const live = useLive()
  const navigate = useNavigate()
  const name = () => live.userById(props.posted.userId)?.name
  const when = () => formatDate(props.posted.at)
  const text = () => {
    const known = name()
    return known === undefined ? when() : t('files.sharedBy', { name: known, when: when() })
  }
  const known = () => {
    const { chats } = live.timeline(props.room.id)
    return chats().find(({ id }) => id === props.posted.chatId)
  }
  const path = (chat = known()) => {
    const { seq } = props.posted
    const address = chatPath({ ...chat, roomId: props.room.id, seq }, props.room)
    // Beside the room the list stays; over it, it would hide what was asked for.
    return isBeside.matches && !address.includes('thread=') ? `${address}&panel=files` : address
  }
  /** A reply that only its thread shows is found there; whether it is one, its chat has to say. */
  const goOnceKnown = async (event: MouseEvent): Promise<void> => {
    if (known() || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const query = { around: String(props.posted.seq), limit: '1' }
    const page = call(api.rooms[':roomId'].chats.$get({ param: { roomId: props.room.id }, query }))
    // Without an answer the room is opened at its place all the same.
    const chats = await page.then((found) => found.chats).catch(() => [])
    navigate(path(chats.find(({ id }) => id === props.posted.chatId)))
  }
  return (
    // Not a router's link: all of them lead to this very page, and none is the current one.
    <a
      class="files-origin"
      href={path()}
      on:click={(event: MouseEvent) => void goOnceKnown(event)}
      title={formatFull(props.posted.at)}
      aria-label={`${text()}, ${t('files.goToChat', { name: props.posted.file.name })}`}
    >
      {text()}
    </a>
  )
}
