import { useNavigate } from '@solidjs/router'
import { api, call } from '../api.ts'
import { useLive } from '../live/index.ts'
import { roomPath } from './room-state.ts'

/** Opens the direct room with these people: the one there is, or a new one. @throws ApiError */
export function useOpenDirect(): (userIds: string[]) => Promise<void> {
  const live = useLive()
  const navigate = useNavigate()
  return async (userIds) => {
    const { room } = await call(api.rooms.direct.$post({ json: { userIds } }))
    live.addRoom(room)
    navigate(roomPath(room))
  }
}
