import { expect, test } from 'bun:test'
import { pictureBox } from './picture-box.ts'

test('a lone picture keeps its shape within its box, and is never drawn larger than it is', () => {
  expect(pictureBox({ width: 4_000, height: 3_000 }, true)).toEqual({ width: 400, height: 300 })
  expect(pictureBox({ width: 3_000, height: 4_000 }, true)).toEqual({ width: 240, height: 320 })
  expect(pictureBox({ width: 120, height: 90 }, true)).toEqual({ width: 120, height: 90 })
})

test('what is too thin or too small to press is cut or gets room around it', () => {
  expect(pictureBox({ width: 16, height: 16 }, true)).toEqual({ width: 56, height: 56 })
  expect(pictureBox({ width: 10_000, height: 100 }, true)).toEqual({ width: 400, height: 56 })
})

test('several share a height', () => {
  expect(pictureBox({ width: 4_000, height: 3_000 }, false)).toEqual({ width: 203, height: 152 })
  expect(pictureBox({ width: 20, height: 20 }, false)).toEqual({ width: 152, height: 152 })
  expect(pictureBox({ width: 9_000, height: 100 }, false)).toEqual({ width: 280, height: 152 })
})

test('one of unknown size has a box all the same', () => {
  expect(pictureBox({}, true)).toEqual({ width: 200, height: 150 })
})
