import type { German } from '../translation.ts'

export const catchUp = {
  title: 'Aufholen',
  list: 'Was du nicht gelesen hast',
  left: { one: 'noch {count}', other: 'noch {count}' },
  allRead: 'Alles als gelesen markieren',
  allDone: { one: '{count} als gelesen markiert', other: '{count} als gelesen markiert' },
  keys: 'J und K oder die Pfeile blättern, Enter öffnet, E markiert als gelesen, U holt zurück.',
  thread: 'Thread in {room}',
  more: 'und mehr',
  linesFailed: 'Die ersten Zeilen konnten nicht geladen werden.',
  onlyMarks: 'Nichts Neues zu lesen, nur Änderungen.',
  open: 'Öffnen',
  markRead: 'Als gelesen markieren',
  read: 'Gelesen',
  finished: 'Du hast alles gelesen',
  finishedText: 'Was als Nächstes kommt, erscheint hier.',
  finishedKeys: 'Mit Alt+Umschalt+↓ gehst du von einem ungelesenen Raum zum nächsten.',
} satisfies German<'catchUp'>
