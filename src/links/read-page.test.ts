import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { pageText } from './page-text.ts'
import { readPage } from './read-page.ts'

const url = new URL('https://www.news.example/a/b')
const page = (head: string) => readPage(`<!doctype html><html><head>${head}</head>`, url)

test('Open Graph comes before the plain title, entities are read', () => {
  expect(
    page(`
      <title>Plain</title><meta name=description content="Plain words">
      <meta property="og:site_name" content="The News">
      <meta property="og:title" content="Salt &amp; pepper &#8212; &quot;why&quot;">
      <meta property="og:description" content="  Two
        lines ">
      <meta property="og:image" content="/pictures/1.png">`),
  ).toEqual({
    site: 'The News',
    title: 'Salt & pepper — "why"',
    description: 'Two lines',
    imageUrl: 'https://www.news.example/pictures/1.png',
  })
})

test('without any of it the title and the host serve', () => {
  expect(page('<TITLE>Only\n this</TITLE>')).toEqual({
    site: 'news.example',
    title: 'Only this',
    description: '',
    imageUrl: null,
  })
})

test('Twitter cards fill what Open Graph leaves', () => {
  expect(
    page(
      '<meta name="twitter:title" content="T"><meta name="twitter:image" content="//i.example/x">',
    ),
  ).toMatchObject({ title: 'T', imageUrl: 'https://i.example/x' })
})

test('a page that says nothing has no preview', () => {
  expect(page('<title> </title><meta name=description content="">')).toBeNull()
  expect(readPage('', url)).toBeNull()
  expect(readPage('\0\0<<<>>>&&&', url)).toBeNull()
})

test('what stands in the body, in scripts or in comments is not read', () => {
  const rest = '<meta property="og:title" content="no"><title>no</title>'
  expect(page(`<script>"${rest}"</script><!-- ${rest} --><style>${rest}</style>`)).toBeNull()
  expect(readPage(`<head></head><body>${'x'.repeat(5_000)}${rest}`, url)).toBeNull()
})

test('security 44: what reorders, hides or controls text is taken out; joiners of emoji stay', () => {
  const title = 'a\u202Eb\u2066c\u200Bd\u0007e\uFEFFf \u{1F468}\u200D\u{1F469}\u200D\u{1F467}'
  expect(page(`<title>${title}</title>`)?.title).toBe(
    'abcd ef \u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  )
})

test('long words are cut between letters, never inside one', () => {
  const found = page(`<title>${'🎉'.repeat(400)}</title>`)?.title ?? ''
  expect(found.isWellFormed()).toBe(true)
  expect(Array.from(found)).toHaveLength(161)
  expect(found).toEndWith('🎉…')
})

test('a picture has to be of the web', () => {
  for (const content of ['javascript:alert(1)', 'data:image/png;base64,AA', 'file:///x', 'http://'])
    expect(
      page(`<title>t</title><meta property="og:image" content="${content}">`)?.imageUrl,
    ).toBeNull()
})

const hostile: [name: string, html: string][] = [
  ['half a megabyte of open tags', '<a>'.repeat(170_000)],
  ['nested heads', '<head>'.repeat(80_000)],
  ['brackets', '<'.repeat(500_000)],
  ['an attribute without an end', `<meta content="${'a'.repeat(500_000)}`],
  ['many attributes', `<meta ${'a=b '.repeat(120_000)}>`],
  ['entities', '&amp'.repeat(120_000)],
  ['a title of entities', `<title>${'&lt;'.repeat(120_000)}`],
  ['comments', '<!--'.repeat(120_000)],
  ['ends', '</a>'.repeat(120_000)],
  ['a script without an end', `<script>${'</scrip'.repeat(70_000)}`],
  ['metas', '<meta name=a content=b>'.repeat(22_000)],
]
for (const [name, html] of hostile) {
  test(`a page made of ${name} is read in bounded time`, () => {
    const start = performance.now()
    readPage(html, url)
    // Measured under 60 ms.
    expect(performance.now() - start).toBeLessThan(1_000)
  })
}

test('no page makes it throw, and what it says is one clean line', () => {
  const piece = fc.constantFrom(
    ...'<title> </title> <meta property="og:title" content=" " \' < > &#x <!-- --> <script>'.split(
      ' ',
    ),
    ...'</script> <body = \u202E \uD800 &#0; <![CDATA['.split(' '),
  )
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 })
  fc.assert(
    fc.property(text, (pieces) => {
      const found = readPage(pieces.join(''), url)
      const said = found ? found.title + found.description + found.site : ''
      return said.isWellFormed() && !/(?![\u200C\u200D])[\p{Cc}\p{Cf}]/u.test(said)
    }),
    { numRuns: 1_000, seed: 46 },
  )
})

test('a page is read by its charset: of the header, of its own word, of its mark', () => {
  const cyrillic = new Uint8Array([0xcf, 0xf0, 0xe8])
  expect(pageText(cyrillic, 'windows-1251')).toBe('При')
  const own = new TextEncoder().encode('<meta charset="windows-1251">')
  expect(pageText(new Uint8Array([...own, ...cyrillic]), null)).toEndWith('При')
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('é')])
  expect(pageText(marked, 'windows-1251')).toBe('é')
  expect(pageText(new TextEncoder().encode('é'), 'no-such-charset')).toBe('é')
})
