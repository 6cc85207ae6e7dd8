import { auth } from './en/auth.ts'
import { chats } from './en/chats.ts'
import { common } from './en/common.ts'
import { compose } from './en/compose.ts'
import { emoji } from './en/emoji.ts'
import { errors } from './en/errors.ts'
import { fields } from './en/fields.ts'
import { files } from './en/files.ts'
import { links } from './en/links.ts'
import { rooms } from './en/rooms.ts'
import { search } from './en/search.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { talk } from './en/talk.ts'
import { sidebar } from './en/sidebar.ts'
import { notify } from './en/notify.ts'
import { catchUp } from './en/catch-up.ts'

/**
 * Every text of the client, in English, one table an area. A name in braces is a parameter; a text
 * with `one` and `other` is chosen by its `count`. Another language is another table of this shape.
 */
export const en = {
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
