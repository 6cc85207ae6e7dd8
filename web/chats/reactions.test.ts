import { expect, test } from 'bun:test'
import { hasReacted, toldPeople, withReaction } from './reactions.ts'

const party = { emoji: '🎉', count: 1, userIds: ['bob'] }

test('mine is counted at once, and taken off again', () => {
  const mine = withReaction([party], '🎉', true, 'ada')
  expect(mine).toEqual([{ emoji: '🎉', count: 2, userIds: ['bob', 'ada'] }])
  expect(hasReacted(mine, '🎉', 'ada')).toBe(true)
  expect(withReaction(mine, '🎉', false, 'ada')).toEqual([party])
})

test('the first of its emoji comes last in the line, the last one takes it along', () => {
  const two = withReaction([party], '👀', true, 'ada')
  expect(two.map((one) => one.emoji)).toEqual(['🎉', '👀'])
  expect(withReaction(two, '👀', false, 'ada')).toEqual([party])
})

test('what the server has told already changes nothing', () => {
  const held = [party]
  expect(withReaction(held, '🎉', true, 'bob')).toBe(held)
  expect(withReaction(held, '👀', false, 'ada')).toBe(held)
})

test('I am named first, and those past the first dozen are counted', () => {
  const userIds = Array.from({ length: 50 }, (_, at) => `user-${at}`)
  const told = toldPeople({ emoji: '🎉', count: 70, userIds: [...userIds, 'ada'] }, 'ada')
  expect(told.userIds.slice(0, 2)).toEqual(['ada', 'user-0'])
  expect(told.userIds.length + told.others).toBe(70)
})
