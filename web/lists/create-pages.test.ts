import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import { createPages } from './create-pages.ts'

/** Numbers on a server, three a page. */
function pagesOf(count: number) {
  const asked: (string | null)[] = []
  let isDown = false
  const pages = createRoot(() =>
    createPages(
      async (cursor) => {
        asked.push(cursor)
        if (isDown) throw new Error('down')
        const from = Number(cursor ?? 0)
        const items = Array.from({ length: Math.min(3, count - from) }, (_, at) => from + at)
        return { items, nextCursor: from + 3 < count ? String(from + 3) : null }
      },
      (item) => String(item),
    ),
  )
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { pages, asked, settle, down: (value: boolean) => (isDown = value) }
}

test('page by page to the end, and no further', async () => {
  const { pages, asked, settle } = pagesOf(5)
  pages.reload()
  await settle()
  pages.more()
  await settle()
  pages.more()
  await settle()
  expect(pages.items()).toEqual([0, 1, 2, 3, 4])
  expect([pages.isWhole(), asked.length]).toEqual([true, 2])
})

test('a page that failed is asked for again, and what was there stays', async () => {
  const { pages, settle, down } = pagesOf(5)
  pages.reload()
  await settle()
  down(true)
  pages.more()
  await settle()
  expect([pages.items(), pages.error()?.code]).toEqual([[0, 1, 2], 'internal'])
  down(false)
  pages.more()
  await settle()
  expect([pages.items().length, pages.error()]).toEqual([5, null])
})

test('what moved to a later page meanwhile is shown once', async () => {
  const { pages, settle } = pagesOf(5)
  pages.reload()
  await settle()
  pages.change((items) => [4, ...items])
  pages.more()
  await settle()
  expect(pages.items()).toEqual([4, 0, 1, 2, 3])
})
