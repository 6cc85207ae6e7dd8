import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../config.ts'
import type { AppEnv } from '../http/context.ts'

/** 256 random bits. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a refresh token (security 21). */
export const refreshHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/**
 * The token that follows. It is derived, so that two tabs which refresh at once get the same one
 * while only hashes are stored; without the key it can't be foretold.
 */
export const successorOf = (token: string, key: string): string =>
  createHmac('sha256', key).update(`refresh:${token}`).digest('base64url')

/** No browser keeps a cookie longer (RFC 6265bis); Hono refuses to set one. */
const cookieDaysMax = 400

const isSecure = (config: Config): boolean => config.PUBLIC_URL?.startsWith('https:') === true

/** `__Host-` binds the cookie to this very host, which browsers grant under https only (security 14). */
const cookieName = (config: Config): string =>
  isSecure(config) ? '__Host-parley_refresh' : 'parley_refresh'

export const readRefreshCookie = (c: Context<AppEnv>, config: Config): string | undefined =>
  getCookie(c, cookieName(config))

export function setRefreshCookie(c: Context<AppEnv>, config: Config, token: string): void {
  setCookie(c, cookieName(config), token, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(config),
    path: '/',
    maxAge: Math.min(config.SESSION_TTL_DAYS, cookieDaysMax) * 86_400,
  })
}

export const dropRefreshCookie = (c: Context<AppEnv>, config: Config): void =>
  void deleteCookie(c, cookieName(config), { path: '/', secure: isSecure(config) })
