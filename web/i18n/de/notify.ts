import type { German } from '../translation.ts'

export const notify = {
  inRoom: '{name} in {room}',
  inThread: '{name} in einem Thread von {room}',
  hidden: 'Neue Nachricht',
  files: { one: 'Hat eine Datei gesendet', other: 'Hat {count} Dateien gesendet' },

  title: 'Benachrichtigungen',
  here: 'In diesem Browser',
  desktop: 'Desktop-Benachrichtigungen',
  desktopText:
    'Sie erscheinen, während du etwas anderes ansiehst. Dieser Schalter gilt nur für diesen Browser.',
  unasked:
    'Parley kann dir Nachrichten zeigen, während du an etwas anderem arbeitest. Der Browser fragt dich vorher.',
  allow: 'Benachrichtigungen erlauben',
  refused:
    'Dieser Browser lässt Parley keine Benachrichtigungen zeigen. Erlaub sie in den Browser-Einstellungen für diese Seite und lade dann neu.',
  absent:
    'Dieser Browser zeigt keine Benachrichtigungen von Parley. Sie brauchen eine sichere Adresse (https).',
  everywhere: 'Auf allen deinen Geräten',
  level: 'Benachrichtigen bei',
  levelText:
    'Direktnachrichten werden immer gemeldet, außer du wählst „Nichts“. Das Menü eines Raums kann es anders bestimmen.',
  sound: 'Ton abspielen',
  hear: 'Anhören',
  hidesText: 'Inhalt verbergen',
  hidesTextText: 'Benachrichtigungen nennen dann nur Person und Raum.',
  differing: 'Räume mit eigener Einstellung',
  noneDiffers:
    'Kein Raum hat eine. Wähl sie im Menü eines Raums: Rechtsklick in der Liste, oder lange drücken.',
  muted: 'Stumm',
  reset: 'Wie bei allen',
  resetRoom: '{room} wie alle Räume einstellen',

  step: 'Erlaub Benachrichtigungen',
  stepText: 'Bei Erwähnungen und Direktnachrichten, während du etwas anderes ansiehst.',
} satisfies German<'notify'>
