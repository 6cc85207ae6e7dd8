import { auth } from './ar/auth.ts'
import { chats } from './ar/chats.ts'
import { common } from './ar/common.ts'
import { compose } from './ar/compose.ts'
import { emoji } from './ar/emoji.ts'
import { errors } from './ar/errors.ts'
import { fields } from './ar/fields.ts'
import { files } from './ar/files.ts'
import { links } from './ar/links.ts'
import { rooms } from './ar/rooms.ts'
import { search } from './ar/search.ts'
import { settings } from './ar/settings.ts'
import { shell } from './ar/shell.ts'
import { talk } from './ar/talk.ts'
import { sidebar } from './ar/sidebar.ts'
import { notify } from './ar/notify.ts'
import { catchUp } from './ar/catch-up.ts'
import type { Texts } from './translation.ts'

/** Every text of the client, in Arabic. */
export const ar: Texts = {
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
