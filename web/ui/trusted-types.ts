import { template as solidTemplate } from 'solid-js/web'

/**
 * Solid under `require-trusted-types-for 'script'` (security 43).
 *
 * Solid's compiler turns each piece of JSX into a string of HTML that `template()` parses once
 * through `innerHTML`, which Trusted Types forbid for plain strings. This module is given to the
 * compiler as its runtime (`moduleName` in solid-options.ts): all of `solid-js/web`, with a
 * `template()` that first passes the string through one named policy. The CSP lists that name
 * alone: `trusted-types parley-templates`.
 *
 * What it promises: no policy called `default` exists, so every other string that reaches
 * `innerHTML`, `outerHTML`, `document.write`, `script.src` or `eval` still throws, in our code and
 * in packages alike. The policy checks nothing about the string: the strings are constants of the
 * build, and the policy object is not exported. What it does not promise: code that can import
 * `template()` from here can parse any HTML. Whoever can add an import to the build can already run
 * script; `template` called by hand is what a review must look for.
 *
 * A default policy that inspects strings was rejected: it would open every sink of the page to
 * whatever its filter lets pass, and filters for HTML are bypassed (mutation XSS).
 */
export * from 'solid-js/web'

/** The one method of the browser's `trustedTypes` that is used; TypeScript's DOM has no types yet. */
type PolicyFactory = {
  createPolicy(
    name: string,
    rules: { createHTML: (html: string) => string },
  ): { createHTML: (html: string) => unknown }
}

/** How a template's string becomes trusted; where the browser has no Trusted Types, as it is. */
export function makeTemplateTrust(factory: PolicyFactory | undefined): (html: string) => string {
  const policy = factory?.createPolicy('parley-templates', { createHTML: (html) => html })
  // A TrustedHTML is only ever assigned to innerHTML by template(), which takes it as a string.
  return (html) => (policy ? (policy.createHTML(html) as string) : html)
}

// The global exists in browsers with Trusted Types and is undefined elsewhere.
const trust = makeTemplateTrust((globalThis as { trustedTypes?: PolicyFactory }).trustedTypes)

export const template: typeof solidTemplate = (html, ...rest) => solidTemplate(trust(html), ...rest)
