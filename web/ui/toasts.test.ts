import { expect, test } from 'bun:test'
import { makeToasts } from './toasts.ts'

/** Timers that fire when told. */
function handTimers() {
  const waiting = new Map<number, () => void>()
  let next = 0
  return {
    setTimeout: (run: () => void) => {
      next += 1
      waiting.set(next, run)
      return next
    },
    clearTimeout: (timer: number) => void waiting.delete(timer),
    fire: () => {
      for (const run of Array.from(waiting.values())) run()
    },
    count: () => waiting.size,
  }
}

const texts = (toasts: ReturnType<typeof makeToasts>) => toasts.list().map((toast) => toast.text)

test('a toast leaves when its time is over', () => {
  const timers = handTimers()
  const toasts = makeToasts(timers)
  toasts.show('Saved')
  expect(texts(toasts)).toEqual(['Saved'])
  timers.fire()
  expect(texts(toasts)).toEqual([])
})

test('the oldest makes room for a fourth, and its timer goes with it', () => {
  const timers = handTimers()
  const toasts = makeToasts(timers)
  for (const text of ['a', 'b', 'c', 'd']) toasts.show(text)
  expect(texts(toasts)).toEqual(['b', 'c', 'd'])
  expect(timers.count()).toBe(3)
})

test('nothing leaves while paused, nor a toast that comes meanwhile', () => {
  const timers = handTimers()
  const toasts = makeToasts(timers)
  toasts.show('a')
  toasts.pause()
  toasts.show('b')
  timers.fire()
  expect(texts(toasts)).toEqual(['a', 'b'])
  toasts.resume()
  timers.fire()
  expect(texts(toasts)).toEqual([])
})

test('a dismissed toast leaves no timer', () => {
  const timers = handTimers()
  const toasts = makeToasts(timers)
  toasts.dismiss(toasts.show('a'))
  expect(texts(toasts)).toEqual([])
  expect(timers.count()).toBe(0)
})

test('who shows a toast learns once that it is gone: by time, by hand, by a fourth', () => {
  const timers = handTimers()
  const toasts = makeToasts(timers)
  const gone: string[] = []
  const show = (text: string) => toasts.show(text, { onGone: () => gone.push(text) })
  toasts.dismiss(show('by hand'))
  for (const text of ['pushed out', 'a', 'b', 'c']) show(text)
  expect(gone).toEqual(['by hand', 'pushed out'])
  timers.fire()
  expect(gone).toEqual(['by hand', 'pushed out', 'a', 'b', 'c'])
  toasts.dismiss(1)
  expect(gone).toHaveLength(5)
})
