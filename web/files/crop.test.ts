import { expect, test } from 'bun:test'
import { cover, cut } from './crop.ts'
import { fitted, pan, zoomAt } from './zoom.ts'

const picture = { width: 800, height: 400 }
const side = 200
const frame = { width: side, height: side }
const size = cover(picture, side)

test('a picture fills the square, and its middle is seen first', () => {
  expect(size).toEqual({ width: 400, height: 200 })
  expect(cut(picture, fitted, side)).toEqual({ x: 200, y: 0, side: 400 })
})

test('it is moved no further than its edge', () => {
  const zoom = pan(fitted, { x: 5_000, y: 50 }, size, frame)
  expect(cut(picture, zoom, side)).toEqual({ x: 0, y: 0, side: 400 })
})

test('zoomed in, a smaller square of it is kept', () => {
  const zoom = zoomAt(fitted, 2, { x: 0, y: 0 }, size, frame)
  expect(cut(picture, zoom, side)).toEqual({ x: 300, y: 100, side: 200 })
})
