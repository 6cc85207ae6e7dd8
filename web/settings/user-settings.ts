import { createContext, createMemo, createSignal, useContext, type Accessor } from 'solid-js'
import type { UserSettings } from '../../src/protocol/settings.ts'
import type { Shelf } from '../live/storage.ts'

export interface MySettings {
  /** What I have set; what is absent is as the client has it by default. */
  settings: Accessor<UserSettings>
  /**
   * Sets what is named in `part`: here at once, for all my devices when the server has it. Refused, it
   * is taken back and told; the promise only says when that is decided.
   */
  change: (part: UserSettings) => Promise<void>
}

export interface SettingsPorts {
  load: () => Promise<UserSettings>
  save: (part: UserSettings) => Promise<UserSettings>
  /** Where they are kept for an instant start. */
  shelf: Pick<Shelf, 'get' | 'set'>
  /** A change was refused. */
  refused: (error: unknown) => void
}

const key = 'settings'

/** My settings: what the server said last, and over it what is on its way there. */
export function createUserSettings({ load, save, shelf, refused }: SettingsPorts) {
  const [told, setTold] = createSignal(keptIn(shelf))
  const [waiting, setWaiting] = createSignal<readonly UserSettings[]>([])
  const settings = createMemo(() =>
    waiting().reduce((held, part) => ({ ...held, ...part }), told()),
  )
  /** One at a time: what was set last has to arrive last. */
  let line: Promise<void> = Promise.resolve()

  const hear = (next: UserSettings): void => {
    setTold(next)
    shelf.set(key, JSON.stringify(next))
  }
  const send = async (part: UserSettings): Promise<void> => {
    try {
      hear(await save(part))
    } catch (error) {
      refused(error)
    } finally {
      setWaiting((parts) => parts.filter((each) => each !== part))
    }
  }

  return {
    settings,
    change: (part: UserSettings): Promise<void> => {
      setWaiting((parts) => [...parts, part])
      line = line.then(() => send(part))
      return line
    },
    /** They were set on another of my connections. */
    hear,
    /** Asks the server; what is held stays when it can't be asked. */
    reload: async (): Promise<void> => {
      try {
        hear(await load())
      } catch {
        // Each new connection asks again, and the banner tells that there is none.
      }
    },
  }
}

function keptIn(shelf: Pick<Shelf, 'get'>): UserSettings {
  try {
    // Written by `hear` above, on this origin only.
    return JSON.parse(shelf.get(key) ?? '{}') as UserSettings
  } catch {
    return {}
  }
}

export const UserSettingsContext = createContext<MySettings>()

export function useUserSettings(): MySettings {
  const mine = useContext(UserSettingsContext)
  if (!mine) throw new Error('useUserSettings belongs inside UserSettingsProvider')
  return mine
}
