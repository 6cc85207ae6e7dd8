import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { limits } from '../protocol/limits.ts'
import {
  type Previews,
  addPreviews,
  confirmPreviews,
  noPreviews,
  sendName,
  shownPreviews,
  withdrawPreviews,
} from './previews.ts'
import { chatOf, previewOf } from './testing.ts'

const add = (held: Previews, ...seqs: number[]): Previews =>
  addPreviews(
    held,
    seqs.map((seq) => previewOf(seq)),
    [],
  )
const cids = (held: Previews): string[] => shownPreviews(held).map(({ cid }) => cid)

test('PV1: previews are shown in the order they came, over any number of frames', () => {
  expect(cids(add(add(noPreviews, 2, 1), 3))).toEqual(['c2', 'c1', 'c3'])
})

test('PV2: a preview ends in the chat of its sender and cid, whatever the id of that', () => {
  const held = add(noPreviews, 1, 2, 3)
  expect(cids(confirmPreviews(held, [chatOf(2)]))).toEqual(['c1', 'c3'])
  const other = { ...chatOf(2), sender: { ...chatOf(2).sender, id: 'somebody-else' } }
  expect(confirmPreviews(held, [other, chatOf(9)])).toBe(held)
})

test('PV2: a preview that is withdrawn is gone, the others stay', () => {
  const held = add(noPreviews, 1, 2)
  expect(cids(withdrawPreviews(held, [previewOf(1).id]))).toEqual(['c2'])
  expect(withdrawPreviews(held, [previewOf(9).id])).toBe(held)
})

test('PV3: a preview of a chat that is held is not shown', () => {
  const came = [previewOf(1), previewOf(2)]
  expect(cids(addPreviews(noPreviews, came, [chatOf(1)]))).toEqual(['c2'])
  expect(addPreviews(noPreviews, [previewOf(1)], [chatOf(1)])).toBe(noPreviews)
})

test('PV3: a retry that another node shows too is shown once, until both are withdrawn', () => {
  const both = addPreviews(add(noPreviews, 1, 2), [previewOf(1, 1)], [])
  expect(cids(both)).toEqual(['c1', 'c2'])
  const one = withdrawPreviews(both, [previewOf(1).id])
  expect(cids(one)).toEqual(['c1', 'c2'])
  expect(cids(withdrawPreviews(one, [previewOf(1, 1).id]))).toEqual(['c2'])
  expect(cids(confirmPreviews(both, [chatOf(1)]))).toEqual(['c2'])
})

test('the same preview twice is one, and one withdrawal ends it', () => {
  const held = add(add(noPreviews, 1), 1)
  expect(withdrawPreviews(held, [previewOf(1).id])).toEqual([])
})

test('what comes past the bound is not held, and there is room again once some end', () => {
  const most = 2 * limits.previewsPerRoom
  const full = add(noPreviews, ...Array.from({ length: most + 50 }, (_, at) => at + 1))
  expect(full).toHaveLength(most)
  expect(add(full, most + 60)).toBe(full)
  expect(cids(add(confirmPreviews(full, [chatOf(1)]), most + 60)).at(-1)).toBe(`c${most + 60}`)
})

test('at random: what is shown is each send that has a preview neither withdrawn nor stored', () => {
  const seq = fc.integer({ min: 1, max: 6 })
  const node = fc.integer({ min: 0, max: 2 })
  const step = fc.oneof(
    fc.record({ type: fc.constant('preview' as const), seq, node }),
    fc.record({ type: fc.constant('withdrawn' as const), seq, node }),
    fc.record({ type: fc.constant('chat' as const), seq, node }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let held = noPreviews
      const stored = new Map<number, ReturnType<typeof chatOf>>()
      /** By what is shown: the ids that still speak for it. */
      const model = new Map<string, Set<string>>()
      for (const { type, seq: number, node: from } of steps) {
        const preview = previewOf(number, from)
        const name = sendName(preview)
        if (type === 'chat') {
          stored.set(number, chatOf(number))
          held = confirmPreviews(held, [chatOf(number)])
          model.delete(name)
        } else if (type === 'preview') {
          held = addPreviews(held, [preview], [...stored.values()])
          if (!stored.has(number)) model.set(name, (model.get(name) ?? new Set()).add(preview.id))
        } else {
          held = withdrawPreviews(held, [preview.id])
          model.get(name)?.delete(preview.id)
          if (model.get(name)?.size === 0) model.delete(name)
        }
        expect(shownPreviews(held).map(sendName)).toEqual([...model.keys()])
      }
    }),
  )
})
