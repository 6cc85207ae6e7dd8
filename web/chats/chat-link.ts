/** The address of one chat, to send to others. */
export const chatLink = (seq: number): string => `${location.origin}${location.pathname}?at=${seq}`
