/** Previews of what links lead to. */
export const links = {
  remove: { one: 'Remove the preview for everyone', other: 'Remove the previews for everyone' },
} as const
