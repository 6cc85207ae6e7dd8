import { createMemo } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { User } from '../../src/protocol/users.ts'

export interface People {
  /** As seen last anywhere. */
  get: (id: string) => User | undefined
  byHandle: (handle: string) => User | undefined
  learn: (users: readonly User[]) => void
}

const facts = ['handle', 'name', 'avatarColor', 'avatarId'] as const

/** Everyone that anything showed, as they are now: a new name is new in every row at once. */
export function createPeople(): People {
  const [people, setPeople] = createStore<Record<string, User>>({})
  const handles = createMemo(
    () => new Map(Object.values(people).map((person) => [person.handle, person.id])),
  )
  return {
    byHandle: (handle) => people[handles().get(handle.toLowerCase()) ?? ''],
    get: (id) => people[id],
    learn: (users) => {
      for (const { id, handle, name, avatarColor, avatarId } of users) {
        const now: User = { id, handle, name, avatarColor, avatarId }
        const held = people[id]
        // The store merges: a picture that was taken off is told by an `undefined`.
        if (!held || facts.some((fact) => held[fact] !== now[fact])) setPeople(id, now)
      }
    },
  }
}
