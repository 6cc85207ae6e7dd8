import { auth } from './de/auth.ts'
import { chats } from './de/chats.ts'
import { common } from './de/common.ts'
import { compose } from './de/compose.ts'
import { emoji } from './de/emoji.ts'
import { errors } from './de/errors.ts'
import { fields } from './de/fields.ts'
import { files } from './de/files.ts'
import { links } from './de/links.ts'
import { rooms } from './de/rooms.ts'
import { search } from './de/search.ts'
import { settings } from './de/settings.ts'
import { shell } from './de/shell.ts'
import { talk } from './de/talk.ts'
import { sidebar } from './de/sidebar.ts'
import { notify } from './de/notify.ts'
import { catchUp } from './de/catch-up.ts'
import type { Texts } from './translation.ts'

/** Every text of the client, in German. */
export const de: Texts = {
  common,
  errors,
  fields,
  auth,
  shell,
  talk,
  rooms,
  chats,
  compose,
  emoji,
  files,
  links,
  sidebar,
  notify,
  catchUp,
  search,
  settings,
}
