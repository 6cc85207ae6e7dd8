import { expect, test } from 'bun:test'
import { makePlaces } from './places.ts'

/** A history of one entry after the other, as a browser keeps it. */
function handHistory() {
  const entries: unknown[] = [null]
  let at = 0
  return {
    get state(): unknown {
      return entries[at]
    },
    replaceState: (state: unknown) => void (entries[at] = state),
    push: (state: unknown = { _depth: at + 1 }) => {
      at += 1
      entries.splice(at, Infinity, state)
    },
    back: () => void (at -= 1),
  }
}

test('Back returns to the earlier place, a new visit of the same room does not', () => {
  const history = handHistory()
  const places = makePlaces(history)
  places.keep('/r/a', { seq: 7, offsetPx: 3 })
  history.push()
  expect(places.find('/r/b')).toBeNull()
  places.keep('/r/b', { seq: 1, offsetPx: 0 })
  history.push()
  expect(places.find('/r/a')).toBeNull()
  history.back()
  expect(places.find('/r/b')).toEqual({ seq: 1, offsetPx: 0 })
  history.back()
  expect(places.find('/r/a')).toEqual({ seq: 7, offsetPx: 3 })
})

test('a page that is shown before its entry is written has no place yet', () => {
  const history = handHistory()
  const places = makePlaces(history)
  places.keep('/r/a', { seq: 7, offsetPx: 0 })
  expect(places.find('/r/a?at=2')).toBeNull()
})

test('an entry that became another address gets a name of its own', () => {
  const history = handHistory()
  const places = makePlaces(history)
  places.keep('/r/a', { seq: 7, offsetPx: 0 })
  places.keep('/r/renamed', { seq: 8, offsetPx: 0 })
  expect(places.find('/r/renamed')).toEqual({ seq: 8, offsetPx: 0 })
})

test('whoever left at the end comes back to the end', () => {
  const history = handHistory()
  const places = makePlaces(history)
  places.keep('/r/a', { seq: 7, offsetPx: 0 })
  places.keep('/r/a', null)
  expect(places.find('/r/a')).toBeNull()
})

test('what a router keeps in the entry stays there', () => {
  const history = handHistory()
  history.push()
  makePlaces(history).keep('/r/a', { seq: 7, offsetPx: 0 })
  expect(history.state).toMatchObject({ _depth: 1 })
})
