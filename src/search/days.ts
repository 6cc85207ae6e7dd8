const dayMs = 86_400_000

/** What the clocks of a zone show at a moment, as if it were UTC. */
function shownAt(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
}

/** When a day (`2026-01-31`) begins in a time zone, `later` days after it, as ISO 8601. */
export function startOfDay(day: string, timeZone: string, later = 0): string {
  const wantedMs = Date.parse(`${day}T00:00:00Z`) + later * dayMs
  // Twice, for a zone's distance from UTC may change between the first guess and the day.
  let atMs = wantedMs
  for (let round = 0; round < 2; round += 1) atMs += wantedMs - shownAt(atMs, timeZone)
  return new Date(atMs).toISOString()
}
