import { expect, test } from 'bun:test'
import { runKillNine } from './kill-nine-run.ts'

test('security faults A to G: a server killed twice while six clients send loses, doubles and reorders nothing', async () => {
  const seed = Date.now() % 1_000_000
  console.log(`seed ${seed}`)
  const figures = await runKillNine({
    clients: 6,
    rooms: 2,
    window: 3,
    kills: 2,
    seed,
    lifeMs: 1_000,
  })
  expect(figures).toMatchObject({ lost: 0, doubled: 0, holes: 0, reordered: 0, phantoms: 0 })
  expect(figures.acks).toBe(figures.sends)
  expect(figures.acks).toBeGreaterThan(12)
}, 60_000)
