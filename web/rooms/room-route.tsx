import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { createEffect, createMemo, Show } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { api, call } from '../api.ts'
import { RoomPage } from '../chats/room-page.tsx'
import { PinsProvider } from '../lists/pins-context.tsx'
import { useLive } from '../live/index.ts'
import { PageSkeleton } from '../shell/frame-skeleton.tsx'
import { setPageTitle } from '../shell/page-title.ts'
import { makeCurrentRoom } from './current-room.ts'
import { rememberRoom } from './last-room.ts'
import { OtherRoom, type SeenRoom } from './other-room.tsx'
import { rememberRecent } from './recent-rooms.ts'
import { RoomPanel } from './room-panel.tsx'
import { roomPath, roomTitle } from './room-state.ts'

/** `/r/:slug`, with `?at=SEQ` for one chat of it. */
export function RoomRoute() {
  const params = useParams<{ slug: string }>()
  const room = createRoomAt(() => params.slug)
  return (
    <RoomPlace
      room={room()}
      address={params.slug}
      see={() => call(api.rooms['by-slug'][':slug'].$get({ param: { slug: params.slug } }))}
    />
  )
}

/** `/d/:roomId`: rooms without a slug. */
export function DirectRoute() {
  const live = useLive()
  const params = useParams<{ roomId: string }>()
  return (
    <RoomPlace
      room={live.room(params.roomId)}
      address={params.roomId}
      see={() => call(api.rooms[':roomId'].$get({ param: { roomId: params.roomId } }))}
    />
  )
}

function RoomPlace(props: {
  room: MyRoom | undefined
  address: string
  see: () => Promise<SeenRoom>
}) {
  const live = useLive()
  const id = () => props.room?.id
  return (
    <Show when={live.ready()} fallback={<PageSkeleton />}>
      <Show
        when={id()}
        keyed
        fallback={
          <Show when={props.address} keyed>
            {(address) => <OtherRoom see={props.see} gone={live.goneRoom(address)} />}
          </Show>
        }
      >
        {(roomId) => <Show when={live.room(roomId)}>{(room) => <OpenRoom room={room()} />}</Show>}
      </Show>
    </Show>
  )
}

/** A room of mine and its side panel. */
function OpenRoom(props: { room: MyRoom }) {
  const live = useLive()
  makeCurrentRoom(props.room.id)
  setPageTitle(() => roomTitle(props.room))
  createEffect(() => rememberRoom(live.me().id, roomPath(props.room)))
  rememberRecent(live.me().id, props.room.id)
  return (
    <PinsProvider roomId={props.room.id}>
      <div class="room-place">
        <div class="room-main">
          <RoomPage room={props.room} />
        </div>
        <RoomPanel room={props.room} />
      </div>
    </PinsProvider>
  )
}

/** The room at an address. A rename moves it to another one; whoever looks at it moves along, and sees no gap. */
function createRoomAt(slug: () => string): () => MyRoom | undefined {
  const live = useLive()
  const location = useLocation()
  const navigate = useNavigate()
  const found = createMemo<{ slug: string; id: string } | undefined>((before) => {
    const here = live.roomBySlug(slug())
    if (here) return { slug: slug(), id: here.id }
    return before?.slug === slug() ? before : undefined
  })
  const room = createMemo(() => live.room(found()?.id ?? ''))
  createEffect(() => {
    const here = room()
    if (here && here.slug !== slug()) navigate(roomPath(here) + location.search, { replace: true })
  })
  return room
}
