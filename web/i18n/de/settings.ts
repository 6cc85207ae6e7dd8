import type { German } from '../translation.ts'

export const settings = {
  title: 'Einstellungen',
  sections: 'Bereiche der Einstellungen',
  profile: 'Profil',
  password: 'Passwort',
  sessions: 'Geräte',
  appearance: 'Darstellung',

  name: 'Name',
  handle: 'Kurzname',
  handleHint: 'So erwähnen dich andere: @{handle}',
  color: 'Farbe des Profilbilds',
  colorNumber: 'Farbe {number}',
  saveProfile: 'Profil speichern',
  profileSaved: 'Profil gespeichert',

  currentPassword: 'Jetziges Passwort',
  newPassword: 'Neues Passwort',
  changePassword: 'Passwort ändern',
  passwordText: 'Eine Änderung meldet dich auf allen anderen Geräten ab.',
  passwordChanged: 'Passwort geändert. Die anderen Geräte sind abgemeldet.',
  passwordWrong: 'Das ist nicht dein jetziges Passwort.',

  sessionsText: 'Hier bist du angemeldet.',
  thisDevice: 'Dieses Gerät',
  since: 'Angemeldet am {when}',
  lastUsed: 'Zuletzt benutzt {when}',
  unknownDevice: 'Unbekanntes Gerät',
  deviceOn: '{browser} auf {system}',
  signOutDevice: 'Abmelden',
  signOutThat: '{device} abmelden',
  signOutOthers: 'Überall sonst abmelden',
  othersTitle: 'Überall sonst abmelden?',
  othersText: {
    one: '{count} anderes Gerät muss sich neu anmelden.',
    other: '{count} andere Geräte müssen sich neu anmelden.',
  },
  othersDone: 'Alle anderen Geräte sind abgemeldet',
  noOthers: 'Du bist nur auf diesem Gerät angemeldet.',

  theme: 'Farbschema',
  themeSystem: 'Wie das System',
  themeLight: 'Hell',
  themeDark: 'Dunkel',
  language: 'Sprache',
  languageFailed:
    'Die Sprache konnte nicht geladen werden. Prüf deine Verbindung und versuch es noch einmal.',
  enterSends: 'Enter sendet',
  enterSendsText: 'Aus: Enter macht eine neue Zeile, Strg+Enter (⌘+Enter) sendet.',
} satisfies German<'settings'>
