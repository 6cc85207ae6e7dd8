/** The sign-in page's address, which remembers where the visitor wanted to go. */
export const signInPath = (wanted: string): string =>
  wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`

/**
 * Where to go after sign-in. Only a path of this client: an address elsewhere (`//evil.example`,
 * `\\evil.example`) would make the sign-in page a springboard for phishing.
 */
export function nextPath(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/'
  // Browsers drop tabs and newlines from addresses, so "/\t/evil" is "//evil".
  return /[\t\r\n]/.test(next) || /^\/sign-(in|up)\b/.test(next) ? '/' : next
}
