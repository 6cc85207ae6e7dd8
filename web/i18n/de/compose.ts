import type { German } from '../translation.ts'

export const compose = {
  messageThread: 'Im Thread antworten',
  alsoInRoom: 'Auch in den Raum senden',
  replyingTo: 'Antwort an {name}',
  replyFiles: 'Dateien',
  cancelReply: 'Antwort abbrechen',
  suggestions: 'Vorschläge',
  suggestionCount: { one: '{count} Vorschlag', other: '{count} Vorschläge' },
  notInRoom: 'nicht in diesem Raum',
  everyoneRoom: 'alle im Raum',
  everyoneHere: 'alle, die online sind',
  formatting: 'Formatierung',
  strike: 'Durchgestrichen',
  codeBlock: 'Codeblock',
  quote: 'Zitat',
  bullets: 'Liste',
  numbers: 'Nummerierte Liste',
  filesFailed:
    'Einige Dateien konnten nicht hochgeladen werden. Versuch es noch einmal oder nimm sie heraus.',
  askTitle: { one: '{count} Person benachrichtigen?', other: '{count} Personen benachrichtigen?' },
  askHereTitle: 'Alle benachrichtigen, die online sind?',
  askRoom: '@room erreicht alle Mitglieder von {room}, ob online oder nicht.',
  askHere: '@here erreicht die Mitglieder von {room}, die gerade online sind.',
  askDont: 'Nicht senden',
} satisfies German<'compose'>
