import { readFlags, runScript } from '../src/scripts/flags.ts'
import { runKillNine } from './kill-nine-run.ts'
import { printResult } from './report.ts'

/** `kill -9` of the server at random moments while clients send: is anything lost, doubled, reordered? */
await runScript(async () => {
  const flags = readFlags('bun run bench:kill', {
    kills: { value: 'N', about: 'how often the server is killed', default: '20' },
    clients: { value: 'N', about: 'how many send', default: '20' },
    rooms: { value: 'N', about: 'in how many rooms each', default: '2' },
    window: { value: 'N', about: 'chats of a client and room on the wire at once', default: '3' },
    life: { value: 'N', about: 'the longest life of a server, in ms', default: '2000' },
    seed: { value: 'N', about: 'of the random moments', default: String(Date.now() % 1_000_000) },
  })
  const seed = flags.count('seed')
  console.log(`seed ${seed}`)
  const figures = await runKillNine({
    clients: flags.count('clients'),
    rooms: flags.count('rooms'),
    window: flags.count('window'),
    kills: flags.count('kills'),
    seed,
    lifeMs: flags.count('life'),
    onKill: (count) => console.log(`kill ${count}`),
  })
  printResult('kill-nine', { seed, ...figures })
  const { lost, doubled, holes, reordered, phantoms } = figures
  if (lost + doubled + holes + reordered + phantoms > 0) throw new Error('The contract was broken')
})
