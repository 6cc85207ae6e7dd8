import { onCleanup } from 'solid-js'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import type { Live } from './types.ts'

/** Who hears what came, beside the parts that hold rooms and chats. */
export interface FrameListeners extends Pick<Live, 'on' | 'onNews'> {
  tell: (frame: ServerFrame) => void
  tellNews: (news: readonly RoomNews[]) => void
}

export function makeFrameListeners(): FrameListeners {
  const frames = new Map<string, Set<(frame: ServerFrame) => void>>()
  const news = new Set<(one: RoomNews) => void>()
  return {
    on(type, hear) {
      const hearing = frames.get(type) ?? new Set()
      frames.set(type, hearing)
      // `tell` looks up by the frame's own type: this listener gets no other.
      const listener = hear as (frame: ServerFrame) => void
      hearing.add(listener)
      onCleanup(() => hearing.delete(listener))
    },
    onNews(hear) {
      news.add(hear)
      onCleanup(() => news.delete(hear))
    },
    tell(frame) {
      for (const hear of frames.get(frame.type) ?? []) hear(frame)
    },
    tellNews(told) {
      for (const one of told) for (const hear of news) hear(one)
    },
  }
}
