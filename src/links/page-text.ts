/** How far into a page its own word about its charset counts, as browsers have it. */
const sniffedBytes = 1_024

/** The bytes of a page as text: by its BOM, by `charset` of its header, by its own word, else UTF-8. */
export function pageText(bytes: Uint8Array, charset: string | null): string {
  const label = bomOf(bytes) ?? charset ?? charsetWithin(bytes) ?? 'utf-8'
  return decoderFor(label).decode(bytes)
}

function bomOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return null
}

function charsetWithin(bytes: Uint8Array): string | null {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, sniffedBytes))
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(start)?.[1] ?? null
}

function decoderFor(label: string): TextDecoder {
  try {
    // Any label may stand there: of one that is unknown the constructor tells.
    return new TextDecoder(label as ConstructorParameters<typeof TextDecoder>[0])
  } catch {
    // No charset that anyone knows: most of such a page reads as UTF-8.
    return new TextDecoder()
  }
}
