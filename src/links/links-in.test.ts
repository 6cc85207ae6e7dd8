import { expect, test } from 'bun:test'
import { linksIn } from './links-in.ts'

const cases: [message: string, links: string[]][] = [
  ['no link here: 10:30', []],
  ['see https://a.example/x, then http://b.example.', ['https://a.example/x', 'http://b.example']],
  ['(https://a.example/x)', ['https://a.example/x']],
  ['https://en.example/wiki/A_(b)', ['https://en.example/wiki/A_(b)']],
  ['**https://a.example**', ['https://a.example']],
  ['[words](https://a.example/x "title")', ['https://a.example/x']],
  ['[https://shown.example](https://true.example)', ['https://true.example']],
  ['<https://a.example/x>', ['https://a.example/x']],
  ['https://a.example https://a.example', ['https://a.example']],
  ['HTTPS://A.example/X', ['HTTPS://A.example/X']],
  ['`https://code.example` https://a.example', ['https://a.example']],
  ['``a ` https://code.example`` https://a.example', ['https://a.example']],
  ['a ` lone tick https://a.example', ['https://a.example']],
  ['```\nhttps://code.example\n```\nhttps://a.example', ['https://a.example']],
  ['~~~ts\nhttps://code.example\n```\n~~~\nhttps://a.example', ['https://a.example']],
  ['```\nhttps://never.closed.example', []],
  ['https://user:secret@a.example/', []],
  ['ftp://a.example javascript://a.example file:///etc/passwd', []],
  ['https:// http://', []],
  [`https://a.example/${'x'.repeat(2_000)}`, []],
  [
    'https://1.example https://2.example https://3.example https://4.example',
    ['https://1.example', 'https://2.example', 'https://3.example'],
  ],
  ['https://a.example\u0000b', ['https://a.example']],
]
for (const [message, links] of cases) {
  test(`the links of ${JSON.stringify(message.slice(0, 80))}`, () => {
    expect(linksIn(message)).toEqual(links)
  })
}

const runs = ['`', '` ', '`` ` ', 'https://a.b/)', ')', '](', 'http://', '```\n', 'https://a']
for (const run of runs) {
  test(`a chat of nothing but ${JSON.stringify(run)} costs no time`, () => {
    const message = `https://x.example/${run.repeat(8_000 / run.length)}`
    const start = performance.now()
    linksIn(message)
    // Measured under 10 ms.
    expect(performance.now() - start).toBeLessThan(500)
  })
}
