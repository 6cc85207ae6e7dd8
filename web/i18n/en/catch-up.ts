export const catchUp = {
  title: 'Catch up',
  list: 'What you have not read',
  left: { one: '{count} left', other: '{count} left' },
  allRead: 'Mark all as read',
  allDone: { one: '{count} marked as read', other: '{count} marked as read' },
  keys: 'J and K or the arrows walk, Enter opens, E marks as read, U brings it back.',
  thread: 'Thread in {room}',
  more: 'and more',
  linesFailed: 'The first lines could not be loaded.',
  onlyMarks: 'Nothing new to read: only changes.',
  open: 'Open',
  markRead: 'Mark as read',
  read: 'Read',
  finished: 'You have read everything',
  finishedText:
    'What comes next appears here. With Alt+Shift+↓ you go from one unread room to the next.',
} as const
