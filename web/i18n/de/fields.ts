import type { German } from '../translation.ts'

export const fields = {
  empty: 'darf nicht leer sein',
  tooLong: { one: 'höchstens {count} Zeichen', other: 'höchstens {count} Zeichen' },
  tooShort: { one: 'mindestens {count} Zeichen', other: 'mindestens {count} Zeichen' },
  unstorable: 'enthält Zeichen, die nicht gespeichert werden können',
  invisible: 'darf keine unsichtbaren Zeichen enthalten',
  handle: 'Buchstaben a–z, Ziffern, dazwischen auch . _ -',
  wordless: 'braucht einen Buchstaben oder eine Ziffer',
  reserved: 'ist reserviert',
  email: 'muss eine E-Mail-Adresse sein',
  handleTaken: 'ist vergeben oder sieht einem vergebenen ähnlich',
  guessable: 'gehört zu den ersten, die man rät; wähl ein anderes',
  hasAccount: 'hat schon ein Konto: Melde dich stattdessen an',
} satisfies German<'fields'>
