import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { hostileTexts } from '../markdown/hostile-texts.ts'
import { markdownOf } from './html-to-markdown.ts'
import { isRich, richPaste } from './paste.ts'

test('bold, italic, struck and code become their signs, right at the words', () => {
  expect(markdownOf('a <b>bold </b>and <em>soft</em>, <del>gone</del> <code>x*y</code>')).toBe(
    'a **bold** and _soft_, ~~gone~~ `x*y`',
  )
  expect(markdownOf('<b><i>both</i></b>')).toBe('**_both_**')
  expect(markdownOf('<strong>a<strong>b</strong></strong>')).toBe('**ab**')
  expect(markdownOf('<code>a`b</code>')).toBe('`` a`b ``')
})

test('styles of documents count like their tags', () => {
  const doc =
    '<b style="font-weight:normal" id="docs-internal"><p><span style="font-weight:700">Big</span> news</p><p>two</p></b>'
  expect(markdownOf(doc)).toBe('**Big** news\n\ntwo')
  expect(markdownOf('<span style="font-style:italic">so</span>')).toBe('_so_')
})

test('links keep their words, and an address that is its own words is bare', () => {
  expect(markdownOf('<a href="https://example.com/a_(b)">the docs</a>')).toBe(
    '[the docs](https://example.com/a_%28b%29)',
  )
  expect(markdownOf('<a href="https://example.com/">example.com</a>')).toBe('https://example.com/')
  expect(markdownOf('<a href="javascript:alert(1)">click</a>')).toBe('click')
  expect(markdownOf('<a href="/local">here</a>')).toBe('here')
})

test('lists nest, count and keep their boxes', () => {
  expect(markdownOf('<ul><li>one<ul><li>in</li></ul></li><li>two</li></ul>')).toBe(
    '- one\n  - in\n- two',
  )
  expect(markdownOf('<ol start="3"><li><p>three</p></li><li>four</li></ol>')).toBe(
    '3. three\n4. four',
  )
  expect(markdownOf('<ul><li><input type="checkbox" checked>done</li></ul>')).toBe('- [x] done')
  expect(markdownOf('<ul><li>a</li><ul><li>b</li></ul></ul>')).toBe('- a\n  - b')
})

test('code keeps its lines, quotes theirs, headings their rank', () => {
  expect(markdownOf('<pre><code class="language-ts">let a\n  let b\n</code></pre>')).toBe(
    '```ts\nlet a\n  let b\n```',
  )
  expect(markdownOf('<blockquote><p>one</p><p>two</p></blockquote>')).toBe('> one\n>\n> two')
  expect(markdownOf('<h2>Title</h2><p>text<br>more</p><hr>')).toBe('## Title\n\ntext\nmore\n\n---')
})

test('a table is a table; one of a single column is its lines', () => {
  const html =
    '<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
  expect(markdownOf(html)).toBe('| a | b\\|c |\n| --- | --- |\n| 1 |  |')
  expect(markdownOf('<table><tr><td>one</td></tr><tr><td>two</td></tr></table>')).toBe('one\n\ntwo')
})

test('signs in the words stay words', () => {
  expect(markdownOf('<p>2*3*4 _x_ snake_case `a`</p>')).toBe('2\\*3\\*4 \\_x\\_ snake_case \\`a\\`')
  expect(markdownOf('<p># no heading</p><p>1. no list</p><p>- nor this</p>')).toBe(
    '\\# no heading\n\n1\\. no list\n\n\\- nor this',
  )
})

test('what is no text stays outside', () => {
  const html =
    '<html><head><title>t</title><style>p{}</style></head><body><!--StartFragment--><script>x()</script><p>a&nbsp;b &amp; c</p></body></html>'
  expect(markdownOf(html)).toBe('a b & c')
})

test('hostile and broken HTML neither throws nor takes long', () => {
  for (const text of hostileTexts) expect(typeof markdownOf(text)).toBe('string')
  const deep = '<div>'.repeat(20_000) + 'x'
  expect(markdownOf(deep)).toBe('x')
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '<b>',
          '</b>',
          '<li>',
          '<ul>',
          '</ul>',
          '<a href="',
          '">',
          'x',
          '\n',
          '<table><tr><td>',
          '<pre>',
          '&#0;',
          '`',
        ),
      ),
      (parts) => typeof markdownOf(parts.join('')) === 'string',
    ),
    { seed: 4, numRuns: 300 },
  )
})

test('colours alone are not rich, and what can’t be read is its words', async () => {
  expect(isRich('<div style="color:red"><span>let a</span></div>')).toBe(false)
  expect(isRich('<p>a <b>c</b></p>')).toBe(true)
  expect(isRich(`<b>${'x'.repeat(500_000)}</b>`)).toBe(false)
  expect(await richPaste('<b></b>', 'words')).toBe('words')
  expect(await richPaste('<b>so</b>', 'so')).toBe('**so**')
})
