import { auth } from './en/auth.ts'
import { chats } from './en/chats.ts'
import { common } from './en/common.ts'
import { compose } from './en/compose.ts'
import { errors } from './en/errors.ts'
import { files } from './en/files.ts'
import { rooms } from './en/rooms.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'

/**
 * Every text of the client, in English, one table an area. A name in braces is a parameter; a text
 * with `one` and `other` is chosen by its `count`. Another language is another table of this shape.
 */
export const en = { common, errors, auth, shell, rooms, chats, compose, files, settings }
