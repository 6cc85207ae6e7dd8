import { expect, test } from 'bun:test'
import { place } from './place.ts'

const viewport = { width: 400, height: 600 }
const panel = { width: 100, height: 200 }
const anchor = { left: 150, top: 100, width: 40, height: 20 }
const below = { side: 'below', align: 'start', isRtl: false } as const

test('a panel stands under its anchor, start to start', () => {
  expect(place(anchor, panel, viewport, below)).toEqual({ left: 150, top: 124 })
})

test('in right-to-left the start is the right edge', () => {
  expect(place(anchor, panel, viewport, { ...below, isRtl: true }).left).toBe(90)
  expect(place(anchor, panel, viewport, { ...below, align: 'end', isRtl: true }).left).toBe(150)
})

test('without room below it stands above; without room anywhere it stays inside', () => {
  expect(place({ ...anchor, top: 500 }, panel, viewport, below).top).toBe(296)
  const tall = place(anchor, { width: 100, height: 590 }, viewport, below)
  expect(tall.top).toBe(8)
})

test('it never passes an edge of the viewport', () => {
  expect(place({ ...anchor, left: 380 }, panel, viewport, below).left).toBe(292)
  expect(place({ ...anchor, left: -50 }, panel, viewport, { ...below, align: 'end' }).left).toBe(8)
})
