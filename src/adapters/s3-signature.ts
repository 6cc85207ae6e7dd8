import { createHash, createHmac } from 'node:crypto'

/** A request as AWS Signature Version 4 sees it. */
export interface SignedRequest {
  method: string
  /** As it was asked for, still encoded. */
  url: URL
  headers: Headers
}

export interface Key {
  id: string
  secret: string
}

interface Parts {
  credential: string
  signedHeaders: string
  signature: string
  date: string
  expiresSeconds: number
  payload: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/**
 * Why a store that checks signatures would refuse a request at `nowMs`; null when it would not. Written
 * from Amazon's description, not from the code that signs: the two hold each other.
 */
export function refusalOf(request: SignedRequest, key: Key, nowMs: number): string | null {
  const parts = partsOf(request)
  if (!parts) return 'AccessDenied'
  const signedMs = Date.parse(
    parts.date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
  const isInTime =
    nowMs >= signedMs - 15 * 60_000 && nowMs <= signedMs + parts.expiresSeconds * 1_000
  if (!isInTime) return 'AccessDenied: expired'
  if (parts.credential.split('/')[0] !== key.id) return 'InvalidAccessKeyId'
  return signatureOf(request, parts, key) === parts.signature ? null : 'SignatureDoesNotMatch'
}

function partsOf({ url, headers }: SignedRequest): Parts | null {
  const query = url.searchParams
  if (query.has('X-Amz-Signature')) {
    return {
      credential: query.get('X-Amz-Credential') ?? '',
      signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
      signature: query.get('X-Amz-Signature') ?? '',
      date: query.get('X-Amz-Date') ?? '',
      expiresSeconds: Number(query.get('X-Amz-Expires')),
      payload: 'UNSIGNED-PAYLOAD',
    }
  }
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=([\da-f]{64})$/
  const [, credential, signedHeaders, signature] =
    pattern.exec(headers.get('authorization') ?? '') ?? []
  if (!credential || !signedHeaders || !signature) return null
  return {
    credential,
    signedHeaders,
    signature,
    date: headers.get('x-amz-date') ?? '',
    expiresSeconds: 15 * 60,
    payload: headers.get('x-amz-content-sha256') ?? '',
  }
}

function signatureOf({ method, url, headers }: SignedRequest, parts: Parts, key: Key): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&')
  const lines = parts.signedHeaders
    .split(';')
    .map((name) => `${name}:${(headers.get(name) ?? '').trim()}\n`)
  const canonical = [
    method,
    url.pathname,
    query,
    lines.join(''),
    parts.signedHeaders,
    parts.payload,
  ]
  const scope = parts.credential.split('/').slice(1)
  const text = ['AWS4-HMAC-SHA256', parts.date, scope.join('/'), sha256(canonical.join('\n'))]
  let signing: string | Buffer = `AWS4${key.secret}`
  for (const part of scope) signing = hmac(signing, part)
  return hmac(signing, text.join('\n')).toString('hex')
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
