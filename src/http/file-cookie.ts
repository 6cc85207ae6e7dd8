import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../config.ts'
import type { AppEnv } from './context.ts'

/** No browser keeps a cookie longer (RFC 6265bis); Hono refuses to set one. */
const secondsMax = 400 * 86_400
/** The browser sends it to files alone; and what they accept it for is reading. */
const path = '/api/files'

const isSecure = (config: Config): boolean => config.PUBLIC_URL?.startsWith('https:') === true

const cookieName = (config: Config): string =>
  isSecure(config) ? '__Secure-parley_files' : 'parley_files'

/** Who asks for a file without a token: `<img>` and `<video>` can't send a header. */
export const readFileCookie = (c: Context<AppEnv>, config: Config): string | undefined =>
  getCookie(c, cookieName(config))

export function setFileCookie(c: Context<AppEnv>, config: Config, token: string): void {
  setCookie(c, cookieName(config), token, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(config),
    path,
    maxAge: Math.min(config.ACCESS_TOKEN_TTL_SECONDS, secondsMax),
  })
}

export const dropFileCookie = (c: Context<AppEnv>, config: Config): void =>
  void deleteCookie(c, cookieName(config), { path, secure: isSecure(config) })
