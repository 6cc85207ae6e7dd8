import { quantile } from '../report.ts'
import type { Figure } from './figure.ts'
import { openRoom } from './rooms.ts'
import type { Stage } from './stage.ts'

const text =
  'the quick brown fox, who jumps over @ada and the lazy dog, writes a line of some length. '

/** Two hundred keys in a room with many chats, as fast as a person types. */
export async function measureTyping({ page, rooms }: Stage): Promise<Figure[]> {
  const big = rooms[0]
  if (!big) throw new Error('There is no room to type in')
  await openRoom(page, big.slug, big.name)
  const composer = page.getByRole('textbox', { name: /^Message / })
  await composer.click()
  await page.evaluate(() => Object.assign(notes, { keys: [], long: [], isOn: true }))
  for (const key of text.repeat(3).slice(0, 200)) {
    await page.keyboard.press(key === ' ' ? 'Space' : key)
    await Bun.sleep(45)
  }
  const { keys, long } = await page.evaluate(() => ((notes.isOn = false), notes))
  await composer.fill('')
  return [
    { what: 'typing in a big room, key to paint, median', value: quantile(keys, 0.5), unit: 'ms' },
    {
      what: 'typing in a big room, key to paint, p95',
      value: quantile(keys, 0.95),
      unit: 'ms',
      // A key may come just after a frame began: two of them are what the eye can't tell from none.
      aim: { atMost: 34 },
    },
    {
      what: 'frames over 50 ms while typing 200 keys',
      value: long.length,
      unit: '',
      aim: { atMost: 0 },
    },
  ]
}
