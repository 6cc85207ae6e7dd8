import { createSignal, Index, Show } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import type { LinkPreview } from '../../src/protocol/links.ts'
import { api, asApiError, call } from '../api.ts'
import { mayDelete } from '../chats/chat-actions.ts'
import { errorText } from '../error-text.ts'
import { createSource } from '../files/create-source.ts'
import { fileUrl } from '../files/transport.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { safeHref, visible } from '../markdown/links.ts'
import { toasts } from '../toasts.ts'
import { IconButton } from '../ui/button.tsx'
import { X } from '../ui/icons.ts'
import './link-cards.css'

/** Under a chat's text: what its links lead to, as the server saw it. Its author, or an admin, takes it off. */
export function LinkCards(props: { chat: Chat | null }) {
  const links = () => (props.chat?.deletedAt === null ? (props.chat.links ?? []) : [])
  return (
    <Show when={links().length > 0 && props.chat}>
      {(chat) => (
        <div class="link-cards">
          {/* By place, not by object: a reaction brings the same cards anew. */}
          <ul>
            <Index each={links()}>{(link) => <LinkCard link={link()} />}</Index>
          </ul>
          <RemoveButton chat={chat()} />
        </div>
      )}
    </Show>
  )
}

function LinkCard(props: { link: LinkPreview }) {
  const href = () => safeHref(props.link.url)
  const host = () => URL.parse(props.link.url)?.host.replace(/^www\./, '') ?? ''
  /** A page may call itself what it likes: beside it stands where it is. */
  const site = () => (props.link.site === host() ? '' : visible(props.link.site))
  return (
    <Show when={href()}>
      {(address) => (
        <li class="link-card">
          <div class="link-card-words">
            <p class="link-card-site">
              <Show when={site()}>
                <bdi>{site()}</bdi>
                <span aria-hidden="true"> · </span>
              </Show>
              <span class="link-card-host" dir="ltr">
                {host()}
              </span>
            </p>
            <a
              class="link-card-title"
              href={address()}
              target="_blank"
              rel="noopener noreferrer nofollow"
              dir="auto"
            >
              {visible(props.link.title) || address()}
            </a>
            <Show when={visible(props.link.description)}>
              {(description) => (
                <p class="link-card-description" dir="auto">
                  {description()}
                </p>
              )}
            </Show>
          </div>
          <Show when={props.link.image}>{(image) => <CardImage image={image()} />}</Show>
        </li>
      )}
    </Show>
  )
}

/** In a box of its own size before it is loaded; without it where it can't be. */
function CardImage(props: { image: NonNullable<LinkPreview['image']> }) {
  const { source, hasFailed, onError } = createSource(() => fileUrl(props.image.id))
  return (
    <Show when={!hasFailed()}>
      <img
        class="link-card-image"
        classList={{ 'link-card-wide': props.image.width > props.image.height * 1.2 }}
        src={source()}
        // The title beside it says what it shows.
        alt=""
        width={props.image.width}
        height={props.image.height}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => void onError()}
      />
    </Show>
  )
}

function RemoveButton(props: { chat: Chat }) {
  const live = useLive()
  const [isBusy, setBusy] = createSignal(false)
  const mayRemove = () => {
    const room = live.room(props.chat.roomId)
    return room !== undefined && mayDelete(props.chat, room, live.me().id)
  }
  const remove = async (): Promise<void> => {
    const { roomId, id: chatId } = props.chat
    setBusy(true)
    try {
      const { chat } = await call(
        api.rooms[':roomId'].chats[':chatId'].links.$delete({ param: { roomId, chatId } }),
      )
      live.showChat(chat)
    } catch (caught) {
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Show when={mayRemove()}>
      <IconButton
        small
        class="link-cards-remove"
        label={t('links.remove', { count: props.chat.links?.length ?? 0 })}
        busy={isBusy()}
        onClick={() => void remove()}
      >
        <X />
      </IconButton>
    </Show>
  )
}
