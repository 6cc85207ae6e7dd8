/** The name of the unique index that a write ran into; undefined for any other failure. */
export function violatedIndex(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === '23505' && 'constraint_name' in at)
      return String(at.constraint_name)
  }
  return undefined
}
