export { LiveProvider, useLive } from './live-context.tsx'
export type { GoneRoom, LineStatus, Live, OutboxEntry, Timeline } from './types.ts'
