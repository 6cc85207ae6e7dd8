const key = 'parley.last-room'

/** The address that `/` leads to: the room seen last in this browser. */
export function lastRoom(userId: string): string | null {
  const [owner, path] = localStorage.getItem(key)?.split(' ') ?? []
  return owner === userId && path ? path : null
}

export const rememberRoom = (userId: string, path: string): void =>
  localStorage.setItem(key, `${userId} ${path}`)

export const forgetRoom = (): void => localStorage.removeItem(key)
