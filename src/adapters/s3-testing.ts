import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import type { S3Options } from './s3-blobs.ts'
import { refusalOf } from './s3-signature.ts'

export interface TestS3 {
  options: S3Options
  /** The same, as settings of Parley. */
  settings: Record<string, string>
  /** Every request so far, as `PUT 200`. */
  log: string[]
  /** What its clock is ahead by. */
  setAheadMs: (ms: number) => void
  /** From now on it answers this to everything; null for what it should. */
  setFault: (status: number | null) => void
  stop: () => Promise<void>
}

// The one key id that s3rver knows; the secret is held to here.
const key = { id: 'S3RVER', secret: 'test/secret+of=the/store' }

/**
 * An S3 server. s3rver keeps objects but takes any signature; in front of it stands what a real store
 * does: every request is held to its signature, its time and the hash of its body.
 */
export async function startS3(): Promise<TestS3> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-s3-'))
  const bucket = 'parley-files'
  const store = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  const { port } = await store.run()
  const log: string[] = []
  let aheadMs = 0
  let fault: number | null = null

  const answer = async (request: Request): Promise<Response> => {
    if (fault !== null) return new Response('<Error/>', { status: fault })
    const url = new URL(request.url)
    const refusal = refusalOf(
      { method: request.method, url, headers: request.headers },
      key,
      Date.now() + aheadMs,
    )
    if (refusal) return new Response(`<Error><Code>${refusal}</Code></Error>`, { status: 403 })
    const body = await request.bytes()
    const promised = request.headers.get('x-amz-content-sha256')
    const isHash = promised !== null && promised !== 'UNSIGNED-PAYLOAD'
    const isKept = createHash('sha256').update(body).digest('hex') === promised
    if (request.method === 'PUT' && isHash && !isKept) {
      return new Response('<Error><Code>XAmzContentSHA256Mismatch</Code></Error>', { status: 400 })
    }
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
      method: request.method,
      headers: request.headers,
      ...(request.method === 'PUT' && { body }),
    })
  }

  const front = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async (request) => {
      const response = await answer(request)
      log.push(`${request.method} ${response.status}`)
      return response
    },
  })
  const options = {
    endpoint: `http://127.0.0.1:${front.port}`,
    bucket,
    region: 'eu-test-1',
    accessKeyId: key.id,
    secretAccessKey: key.secret,
  }
  return {
    options,
    settings: {
      S3_ENDPOINT: options.endpoint,
      S3_BUCKET: bucket,
      S3_REGION: options.region,
      S3_ACCESS_KEY_ID: key.id,
      S3_SECRET_ACCESS_KEY: key.secret,
    },
    log,
    setAheadMs: (ms) => (aheadMs = ms),
    setFault: (status) => (fault = status),
    stop: async () => {
      await front.stop(true)
      await store.close()
      rmSync(directory, { recursive: true })
    },
  }
}
