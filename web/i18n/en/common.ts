export const common = {
  appName: 'Parley',
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Try again',
  loading: 'Loading',
  online: 'Online',
  away: 'Away',
  offline: 'Offline',
  you: 'you',
  members: { one: '{count} member', other: '{count} members' },
} as const
