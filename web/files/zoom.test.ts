import { expect, test } from 'bun:test'
import { fit, fitted, pan, zoomAt } from './zoom.ts'

const frame = { width: 1_000, height: 600 }
const size = fit({ width: 4_000, height: 3_000 }, frame)

test('all of a picture is seen, and a small one is not blown up', () => {
  expect(size).toEqual({ width: 800, height: 600 })
  expect(fit({ width: 300, height: 200 }, frame)).toEqual({ width: 300, height: 200 })
})

test('zooming keeps the point under the pointer where it is', () => {
  const about = { x: 100, y: -50 }
  const zoom = zoomAt(fitted, 2, about, size, frame)
  expect(zoom).toEqual({ scale: 2, x: -100, y: 50 })
  // What lay under the pointer, in the picture's own coordinates, before and after.
  expect((about.x - zoom.x) / zoom.scale).toBe(about.x)
})

test('it goes no further than the edge, no smaller than it fits and no larger than eight times', () => {
  expect(pan({ scale: 2, x: 0, y: 0 }, { x: 5_000, y: -5_000 }, size, frame)).toEqual({
    scale: 2,
    x: 300,
    y: -300,
  })
  expect(pan(fitted, { x: 40, y: 40 }, size, frame)).toEqual(fitted)
  expect(zoomAt(fitted, 100, { x: 0, y: 0 }, size, frame).scale).toBe(8)
  expect(zoomAt({ scale: 2, x: 300, y: 0 }, 0.01, { x: 9, y: 9 }, size, frame)).toEqual(fitted)
})
