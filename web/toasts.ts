import { makeToasts } from './ui/toasts.ts'

/** The toasts of the app, for every feature. */
export const toasts = makeToasts()
