/** What to say for an error code of the API. Where a code has no text here, `unknown` speaks. */
export const errors = {
  unknown: 'Something went wrong. Try again in a moment.',
  network: 'Parley can’t be reached. Check your connection and try again.',
} as const
