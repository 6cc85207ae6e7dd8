import { For, Match, Show, Switch } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { useMarks } from '../chats/marks-context.tsx'
import { knownPeople } from '../chats/names.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { IconButton } from '../ui/button.tsx'
import { PinOff } from '../ui/icons.ts'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { ChatCard } from './chat-card.tsx'
import { usePins } from './pins-context.tsx'

/** What is pinned in the room, the newest chat first. */
export default function PinsPanel(props: { room: MyRoom }) {
  const live = useLive()
  const marks = useMarks()
  const pins = usePins()
  return (
    <Pane label={t('talk.pins')} class="panel-list">
      <Switch>
        <Match when={pins.chats()}>
          {(chats) => (
            <>
              <div class="chat-cards">
                <For each={chats()}>
                  {(chat) => (
                    <ChatCard
                      chat={chat}
                      hidesRoom
                      actions={
                        <Show when={props.room.archivedAt === null}>
                          <IconButton
                            small
                            label={t('talk.unpin')}
                            onClick={() => marks.pin(chat, false)}
                          >
                            <PinOff />
                          </IconButton>
                        </Show>
                      }
                    >
                      <p class="chat-card-note">
                        {t('talk.pinnedBy', {
                          name: knownPeople(live, [chat.pinned?.userId ?? ''])[0]?.name ?? '',
                        })}
                      </p>
                    </ChatCard>
                  )}
                </For>
              </div>
              <Show
                when={chats().length > 0}
                fallback={
                  <EmptyState drawing="chats" title={t('talk.pinsEmpty')}>
                    {t('talk.pinsEmptyText')}
                  </EmptyState>
                }
              >
                <p class="panel-note">{t('talk.listEnd')}</p>
              </Show>
            </>
          )}
        </Match>
        <Match when={pins.error()}>
          {(error) => (
            <ErrorState
              title={t('talk.listFailed')}
              retryLabel={t('common.retry')}
              onRetry={() => void pins.load()}
            >
              {errorText(error())}
            </ErrorState>
          )}
        </Match>
        <Match when={true}>
          <Skeleton label={t('common.loading')} look="chats" rows={3} />
        </Match>
      </Switch>
    </Pane>
  )
}
