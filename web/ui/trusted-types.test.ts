import { expect, test } from 'bun:test'
import { makeTemplateTrust } from './trusted-types.ts'

test('security 43: templates pass through one policy, and its name is not "default"', () => {
  const made: string[] = []
  const trust = makeTemplateTrust({
    createPolicy: (name, rules) => {
      made.push(name)
      return { createHTML: (html) => ({ trusted: rules.createHTML(html) }) }
    },
  })
  expect(JSON.stringify(trust('<p>'))).toBe(JSON.stringify({ trusted: '<p>' }))
  expect(JSON.stringify(trust('<i>'))).toBe(JSON.stringify({ trusted: '<i>' }))
  expect(made).toEqual(['parley-templates'])
})

test('a browser without Trusted Types gets the string itself', () => {
  expect(makeTemplateTrust(undefined)('<p>')).toBe('<p>')
})
