/** Bytes that came in whole and are not stored yet. */
export interface Draft {
  /** SHA-256 in hex: what they are stored under. */
  hash: string
  bytes: number
  /** The first of them, enough to tell what they are. */
  head: Uint8Array
  /** Where they lie; for the adapters. */
  path: string
  read: () => AsyncIterable<Uint8Array>
  /** Lets go of what was not stored. Harmless after it was. */
  drop: () => Promise<void>
}

/** Takes in bytes of strangers, without holding them in memory. */
export interface Spool {
  /** @throws AppError `too_large` past `maxBytes`, `storage_full` */
  take: (body: AsyncIterable<Uint8Array>, maxBytes: number) => Promise<Draft>
  /** What `write` puts at the path it is given. @throws AppError `storage_full` */
  make: (write: (path: string) => Promise<void>) => Promise<Draft>
  /** Removes what was left here by processes that ended in the middle. */
  sweep: () => Promise<void>
}

/** From the first byte to the last, both included. */
export interface ByteRange {
  start: number
  end: number
}

/** How a browser is to take what it fetches by an address. */
export interface Presented {
  type: string
  disposition: string
}

/** Keeps bytes under the SHA-256 of them. What is stored is whole, whenever the process ends. */
export interface BlobStore {
  /** Stores a draft, or does nothing when these bytes are here. @throws AppError `storage_full`, `overloaded` */
  put: (draft: Draft) => Promise<void>
  /** Null when there is nothing under this hash. @throws AppError `overloaded` */
  read: (hash: string, range?: ByteRange) => Promise<Blob | ReadableStream<Uint8Array> | null>
  /** Where a client gets the bytes from the store itself, within a minute; null when they go through the server. */
  address: ((hash: string, as: Presented) => Promise<string>) | null
  /** Harmless when there is nothing. @throws AppError `overloaded` */
  remove: (hash: string) => Promise<void>
}

/** What `read` found out about an image. */
export interface Picture {
  /** In pixels, upright. */
  width: number
  height: number
  /** How it has to be turned to be so: Exif's orientation, 1 to 8; 1 for not at all. */
  turned: number
  isAnimated: boolean
  /** Turned upright, and of a kind that every browser shows. */
  writeUpright: (path: string) => Promise<void>
  uprightType: string
  /** Smaller, as WebP, the first of its frames. */
  writeThumb: (path: string) => Promise<void>
  /** In pixels. */
  squareSide: number
  /** A square of its middle, as WebP. */
  writeSquare: (path: string) => Promise<void>
}

/** Reads images of strangers. */
export interface Pictures {
  /** @throws AppError `invalid` for what is broken or too large to be unpacked, `overloaded` */
  read: (path: string) => Promise<Picture>
}

/** What the entry of a runtime gives the files feature. */
export interface FileDeps {
  spool: Spool
  blobs: BlobStore
  pictures: Pictures
}
