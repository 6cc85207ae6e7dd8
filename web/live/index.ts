export { LiveProvider, useLive } from './live-context.tsx'
export type { LineStatus, Live, OutboxEntry, Timeline } from './types.ts'
