import type { German } from '../translation.ts'

export const common = {
  appName: 'Parley',
  cancel: 'Abbrechen',
  close: 'Schließen',
  retry: 'Noch einmal versuchen',
  loading: 'Wird geladen',
  online: 'Online',
  away: 'Abwesend',
  offline: 'Offline',
  you: 'du',
  members: { one: '{count} Mitglied', other: '{count} Mitglieder' },
} satisfies German<'common'>
