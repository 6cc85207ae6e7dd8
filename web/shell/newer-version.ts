/** The script that a page starts with: its name holds the hash of all that the client is. */
export const startScriptOf = (html: string): string | undefined =>
  /<script\b[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/.exec(html)?.[1]

/** Whether the server has another client than this page runs. What can't be told is no news. */
export async function isOutOfDate(
  mine: string | undefined,
  fetchPage: () => Promise<string>,
): Promise<boolean> {
  try {
    const theirs = startScriptOf(await fetchPage())
    return mine !== undefined && theirs !== undefined && theirs !== mine
  } catch {
    return false
  }
}
