import type { JSX } from 'solid-js'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { useLive } from '../live/index.ts'
import { makeShelf } from '../live/storage.ts'
import { toasts } from '../toasts.ts'
import { createUserSettings, UserSettingsContext } from './user-settings.ts'

/** Mounted once inside LiveProvider: my settings, the same on all my devices. */
export function UserSettingsProvider(props: { children: JSX.Element }) {
  const live = useLive()
  const mine = createUserSettings({
    load: async () => (await call(api.settings.$get())).settings,
    save: async (json) => (await call(api.settings.$patch({ json }))).settings,
    shelf: makeShelf(`parley.${live.me().id}.`),
    refused: (error) => toasts.show(errorText(asApiError(error)), { kind: 'failed' }),
  })
  live.on('settings', (frame) => mine.hear(frame.settings))
  // What was set while the line was down came by no frame.
  live.on('synced', () => void mine.reload())
  return <UserSettingsContext.Provider value={mine}>{props.children}</UserSettingsContext.Provider>
}
