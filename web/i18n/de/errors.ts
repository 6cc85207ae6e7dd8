import type { German } from '../translation.ts'

export const errors = {
  unknown: 'Etwas ist schiefgegangen. Versuch es gleich noch einmal.',
  network: 'Parley ist nicht erreichbar. Prüf deine Verbindung und versuch es noch einmal.',
  refused: 'Nicht angenommen: {why}',
  token_expired: 'Deine Sitzung ist zu Ende. Melde dich wieder an.',
  session_revoked: 'Deine Sitzung ist zu Ende. Melde dich wieder an.',
  too_large: 'Das ist größer, als Parley annimmt.',
  quota_exceeded:
    'Dein Platz für Dateien ist aufgebraucht. Lösche Nachrichten mit großen Dateien, um Platz zu schaffen.',
  storage_full:
    'Auf dem Server ist kein Platz mehr für Dateien. Sag es denen, die dieses Parley betreiben.',
  internal: 'Auf dem Server ist etwas schiefgegangen. Versuch es gleich noch einmal.',
  overloaded: 'Der Server hat zu viel zu tun. Versuch es gleich noch einmal.',
  draining: 'Der Server startet neu. Versuch es gleich noch einmal.',
  rate_limited: 'Zu viele Versuche. Warte kurz und versuch es dann noch einmal.',
  rate_limited_for: {
    one: 'Zu viele Versuche. Versuch es in {count} Minute noch einmal.',
    other: 'Zu viele Versuche. Versuch es in {count} Minuten noch einmal.',
  },
  unauthenticated: 'Deine Sitzung ist zu Ende. Melde dich wieder an.',
  invalid_credentials: 'E-Mail oder Passwort stimmt nicht.',
  registration_closed:
    'Hier kann sich niemand neu anmelden. Bitte den Besitzer dieses Parley um ein Konto.',
  forbidden: 'Das darfst du hier nicht.',
  not_found: 'Das gibt es nicht, oder du hast keinen Zugang dazu.',
  not_member: 'Tritt zuerst dem Raum bei.',
  email_taken: 'Mit dieser E-Mail gibt es schon ein Konto.',
  handle_taken: 'Diesen Kurznamen hat schon jemand.',
  name_taken: 'Es gibt schon einen Raum mit diesem oder einem zum Verwechseln ähnlichen Namen.',
  room_archived: 'Dieser Raum ist archiviert.',
  last_owner: 'Der Raum braucht einen Besitzer: Mach zuerst jemand anderen dazu.',
} satisfies German<'errors'>
