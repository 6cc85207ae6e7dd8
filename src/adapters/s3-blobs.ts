import { AwsClient } from 'aws4fetch'
import type { BlobStore } from '../files/ports.ts'
import { AppError } from '../protocol/errors.ts'

export interface S3Options {
  /** As `https://s3.eu-central-1.amazonaws.com`; the bucket is the first part of the path. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** How long an address that was given away opens (security 54). */
const addressSeconds = 60
/** Until it begins to answer; a body is given as long as it takes at this many bytes a millisecond. */
const patienceMs = 30_000
const slowestBytes = 100

/** Keeps blobs in a bucket of any S3-compatible store, under their hash. The bucket is private: each request is signed. */
export function createS3Blobs(options: S3Options): BlobStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = options
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
  const urlOf = (hash: string): URL => {
    if (!/^[\da-f]{64}$/.test(hash)) throw new Error('not a SHA-256')
    return new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}/${hash}`)
  }

  /** Signed anew for each try; what the store says of its own is for the operator, not for strangers. */
  const ask = async (
    method: string,
    hash: string,
    headers: Record<string, string> = {},
    body?: Blob,
  ): Promise<Response> => {
    const url = urlOf(hash).href
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), patienceMs + (body?.size ?? 0) / slowestBytes)
    try {
      const signed = await client.sign(url, { method, headers })
      const response = await fetch(signed.url, {
        method,
        headers: signed.headers,
        ...(body && { body }),
        signal: abort.signal,
      })
      if (response.ok || response.status === 404) return response
      throw new Error(`S3 answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
    } catch (cause) {
      throw new AppError('overloaded', 'The store of files does not answer; try again soon', {
        cause,
        retryAfterMs: 2_000,
      })
    } finally {
      // What it then sends is read as slowly as someone watches it.
      clearTimeout(timer)
    }
  }

  return {
    async put({ hash, bytes, path }) {
      const found = await ask('HEAD', hash)
      if (found.ok) return
      // The store compares what it got with the hash, which is part of the signature (security 54).
      const headers = {
        'X-Amz-Content-Sha256': hash,
        'Content-Length': String(bytes),
        'Content-Type': 'application/octet-stream',
      }
      const stored = await ask('PUT', hash, headers, Bun.file(path))
      if (!stored.ok) throw bucketIsMissing(bucket)
    },

    async read(hash, range) {
      const headers: Record<string, string> = range
        ? { Range: `bytes=${range.start}-${range.end}` }
        : {}
      const found = await ask('GET', hash, headers)
      if (!found.ok) return null
      if (range && found.status !== 206) throw new Error('S3 sent the whole for a part')
      return found.body
    },

    async address(hash, { type, disposition }) {
      const url = urlOf(hash)
      url.searchParams.set('X-Amz-Expires', String(addressSeconds))
      url.searchParams.set('response-content-type', type)
      url.searchParams.set('response-content-disposition', disposition)
      const signed = await client.sign(url.href, { method: 'GET', aws: { signQuery: true } })
      return signed.url
    },

    async remove(hash) {
      await ask('DELETE', hash)
    },
  }
}

const bucketIsMissing = (bucket: string): AppError =>
  new AppError('overloaded', 'The store of files is not ready; try again soon', {
    cause: new Error(`S3 has no bucket ${bucket}`),
    retryAfterMs: 2_000,
  })
