/** What to say for an error code of the API. Where a code has no text here, the server's own message speaks. */
export const errors = {
  unknown: 'Something went wrong. Try again in a moment.',
  network: 'Parley can’t be reached. Check your connection and try again.',
  internal: 'Something went wrong on the server. Try again in a moment.',
  overloaded: 'The server has too much to do. Try again in a moment.',
  draining: 'The server is restarting. Try again in a moment.',
  rate_limited: 'Too many tries. Wait a little and try again.',
  rate_limited_for: {
    one: 'Too many tries. Try again in {count} minute.',
    other: 'Too many tries. Try again in {count} minutes.',
  },
  unauthenticated: 'Your session has ended. Sign in again.',
  invalid_credentials: 'The e-mail or the password is wrong.',
  registration_closed: 'Sign-up is closed here. Ask the owner of this Parley for an account.',
  forbidden: 'You may not do that here.',
  not_found: 'That doesn’t exist, or it isn’t open to you.',
  not_member: 'Join the room first.',
  email_taken: 'There is an account with this e-mail already.',
  handle_taken: 'Somebody has this handle already.',
  name_taken: 'There is a room with this name, or one that looks like it.',
  room_archived: 'This room is archived.',
  last_owner: 'The room needs an owner: make someone else owner first.',
} as const
