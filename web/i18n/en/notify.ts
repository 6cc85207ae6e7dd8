export const notify = {
  inRoom: '{name} in {room}',
  inThread: '{name} in a thread of {room}',
  hidden: 'New message',
  files: { one: 'Sent a file', other: 'Sent {count} files' },

  title: 'Notifications',
  here: 'In this browser',
  desktop: 'Desktop notifications',
  desktopText:
    'Shown while you look at something else. Switching them here changes this browser only.',
  unasked:
    'Parley may show you messages while you work on something else. The browser asks you first.',
  allow: 'Allow notifications',
  refused:
    'This browser does not let Parley notify you. Allow it in the browser’s settings for this page, then reload.',
  absent: 'This browser shows no notifications for Parley. They need a secure address (https).',
  everywhere: 'On all your devices',
  level: 'Notify me about',
  levelText:
    'Direct messages are always told, unless you choose “Nothing”. A room’s own menu can say otherwise.',
  sound: 'Play a sound',
  hear: 'Hear it',
  hidesText: 'Hide what was said',
  hidesTextText: 'Notifications then name the person and the room only.',
  differing: 'Rooms with a setting of their own',
  noneDiffers:
    'No room has one. Choose it in a room’s menu: right click it in the list, or hold it.',
  muted: 'Muted',
  reset: 'As for all',
  resetRoom: 'Set {room} as for all rooms',

  step: 'Allow notifications',
  stepText: 'For mentions and direct messages, while you look at something else.',
} as const
